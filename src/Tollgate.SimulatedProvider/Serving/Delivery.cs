using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tollgate.SimulatedProvider.Answers;
using Tollgate.SimulatedProvider.Billing;

namespace Tollgate.SimulatedProvider.Serving;

/// <summary>Delivers one response to the client and tracks what would be billed if it ended now.</summary>
internal sealed class Delivery(HttpContext context, SimulatedResponse answer, Pacing pace, TimeProvider timeProvider)
{
    private CancellationToken Cancellation => context.RequestAborted;

    /// <summary>The usage generated so far; null before generation started.</summary>
    public BilledTokens? Generated { get; private set; }

    /// <summary>Sends the whole response. Returns whether the client received all of it.</summary>
    public async Task<bool> SendPlainAsync(IResponseDialect dialect, long? cut)
    {
        await GenerateAsync();
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer))
            dialect.WritePlain(json, answer);

        context.Response.ContentType = "application/json";
        if (cut == 0)
            return Abort();
        if (answer.Script.Encoding is null)
            context.Response.ContentLength = buffer.WrittenCount;
        var sink = new ResponseSink(context, answer.Script, timeProvider);
        await pace.HangAsync(Cancellation);
        if (cut is not null)
            await CutAsync(sink, buffer.WrittenMemory[..(buffer.WrittenCount / 2)]);
        await sink.SendAsync(buffer.WrittenMemory);
        return await sink.CompleteAsync();
    }

    /// <summary>Streams the response. Returns whether the client received all of it, its usage included.</summary>
    public async Task<bool> SendStreamAsync(IStreamDialect dialect, long? cut)
    {
        // 1. The input is billed from here on; the reasoning with the first event.
        Generated = answer.Tokens.InputOnly();
        await pace.WaitForAsync(answer.Tokens.OutputReasoning, Cancellation);

        // 2. Headers and opening events.
        var array = dialect.IsArray(answer);
        context.Response.ContentType = array ? "application/json" : "text/event-stream; charset=utf-8";
        context.Response.Headers.CacheControl = "no-cache";
        var sink = new ResponseSink(context, answer.Script, timeProvider);
        using var events = new EventWriter(array);
        Generated = answer.Tokens.Generated(0, 1);
        dialect.WriteOpening(events, answer);
        await SendAsync(sink, events);

        // 3. Deltas. Anything that a cut leaves unsent is not billed.
        var last = answer.Script.MidstreamError ? (answer.DeltaCount + 1) / 2 : answer.DeltaCount;
        for (var delta = 0; delta < last; delta++)
        {
            if (delta == cut)
                throw new DeliveryCutException();
            var sofar = answer.Tokens.Generated(delta + 1, answer.DeltaCount);
            await pace.WaitForAsync(sofar.Output, Cancellation);
            dialect.WriteDelta(events, answer, delta);
            await SendAsync(sink, events);
            Generated = sofar;
            if (delta == 0)
                await pace.HangAsync(Cancellation);
        }

        // 4. The end, whose last event reports the usage, unless the script suppresses it.
        if (cut is not null)
            throw new DeliveryCutException();
        if (answer.Script.MidstreamError)
            dialect.WriteFailure(events, answer);
        else
            dialect.WriteEnding(events, answer);
        await sink.SendAsync(events.Written);
        return await sink.CompleteAsync() && !answer.Script.MidstreamError;
    }

    private async Task GenerateAsync()
    {
        Generated = answer.Tokens.InputOnly();
        try
        {
            await pace.WaitForAsync(answer.Tokens.Output, Cancellation);
        }
        catch (OperationCanceledException)
        {
            Generated = pace.GetGenerated(answer.Tokens);
            throw;
        }

        Generated = answer.Tokens;
    }

    private static async ValueTask SendAsync(ResponseSink sink, EventWriter events)
    {
        await sink.SendAsync(events.Written);
        events.Clear();
    }

    private static async Task CutAsync(ResponseSink sink, ReadOnlyMemory<byte> part)
    {
        await sink.SendAsync(part);
        throw new DeliveryCutException();
    }

    private bool Abort()
    {
        context.Abort();
        return false;
    }
}
