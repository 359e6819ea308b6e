using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tollgate.SimulatedProvider.Billing;
using Tollgate.SimulatedProvider.Requests;
using Tollgate.SimulatedProvider.Scripting;
using Tollgate.SimulatedProvider.Serving;

namespace Tollgate.SimulatedProvider.Control;

/// <summary>The endpoints for tests rather than clients: the bill, its audit, the random failures.</summary>
internal sealed class ControlEndpoints(Bill bill, CallsInFlight inFlight, FailureScheduler dealer, Action reset)
{
    private const int DefaultLimit = 1000;

    // Long enough for a call whose last byte just arrived to be booked, short enough for reading the bill under load.
    private static readonly TimeSpan DefaultWait = TimeSpan.FromMilliseconds(250);

    public Task HandleAsync(HttpContext context) =>
        (context.Request.Method, context.Request.Path.Value) switch
        {
            ("GET", "/health") => JsonResponse.SendAsync(
                context,
                json =>
                {
                    json.WriteStartObject();
                    json.WriteEndObject();
                }
            ),
            ("GET", "/bill") => SendBillAsync(context),
            ("GET", "/bill/calls") => SendCallsAsync(context),
            ("GET", "/bill/audit") => SendAuditAsync(context),
            ("DELETE", "/bill") => ResetAsync(context),
            ("POST", "/script") => ReplaceFailuresAsync(context),
            _ => ErrorResponse.SendAsync(context, ProviderFamily.OpenAI, 404, "Unknown route."),
        };

    private async Task SendBillAsync(HttpContext context)
    {
        await WaitForCallsAsync(context);
        await JsonResponse.SendAsync(context, json => BillJson.Write(json, bill.GetTotals(), inFlight.Count));
    }

    private async Task SendAuditAsync(HttpContext context)
    {
        await WaitForCallsAsync(context);
        await JsonResponse.SendAsync(context, json => BillJson.WriteAudit(json, bill.GetTotals()));
    }

    private async Task SendCallsAsync(HttpContext context)
    {
        await WaitForCallsAsync(context);
        var after = GetNumber(context, "after", 0);
        var buffer = new ArrayBufferWriter<byte>(4096);
        using var json = new Utf8JsonWriter(buffer);
        context.Response.ContentType = "application/x-ndjson";
        foreach (var call in bill.GetCalls(after, GetNumber(context, "limit", DefaultLimit)))
        {
            BillJson.WriteCall(json, call, ++after);
            json.Flush();
            json.Reset();
            buffer.Write("\n"u8);
        }

        await context.Response.Body.WriteAsync(buffer.WrittenMemory, context.RequestAborted);
    }

    private Task ResetAsync(HttpContext context)
    {
        bill.Reset();
        reset();
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private async Task ReplaceFailuresAsync(HttpContext context)
    {
        var (failures, error) = await ReadFailuresAsync(context.Request);
        if (failures is null || error is not null)
        {
            await ErrorResponse.SendAsync(
                context,
                ProviderFamily.OpenAI,
                400,
                error ?? "The body must be a JSON object."
            );
            return;
        }

        dealer.Replace(failures);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static async Task<(RandomFailures? Failures, string? Fault)> ReadFailuresAsync(HttpRequest request)
    {
        try
        {
            var failures = await JsonSerializer.DeserializeAsync(
                request.Body,
                ScriptJson.Default.RandomFailures,
                request.HttpContext.RequestAborted
            );
            return (failures, failures?.Validate());
        }
        catch (JsonException e)
        {
            return (null, e.Message);
        }
    }

    /// <summary>Waits for calls in flight; <c>wait</c> is the timeout in milliseconds.</summary>
    private Task WaitForCallsAsync(HttpContext context)
    {
        var wait = GetNumber(context, "wait", (int)DefaultWait.TotalMilliseconds);
        return inFlight.Count == 0
            ? Task.CompletedTask
            : inFlight.WaitUntilNoneAsync(TimeSpan.FromMilliseconds(wait), context.RequestAborted);
    }

    private static int GetNumber(HttpContext context, string name, int otherwise) =>
        int.TryParse(context.Request.Query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : otherwise;
}
