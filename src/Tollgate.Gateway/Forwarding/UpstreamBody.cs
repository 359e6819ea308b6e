using Tollgate.Gateway.Calls;

namespace Tollgate.Gateway.Forwarding;

/// <summary>
/// The bytes of one response as they arrive from the provider, under the attempt's deadline. A failure is a value: it
/// is stored in <see cref="End"/>, and the reader sees the end of the bytes.
/// </summary>
internal sealed class UpstreamBody(Stream stream, UpstreamDeadline deadline, TimeSpan idleTimeout, TimeProvider clock)
    : ForwardOnlyStream
{
    /// <summary>
    /// The outcome of the body, once <see cref="ReadAsync(Memory{byte}, CancellationToken)"/> has returned 0.
    /// </summary>
    public AnswerEnd End { get; private set; } = AnswerEnd.Whole;

    /// <summary>The arrival of the first byte, as a timestamp of the gateway's clock; 0 if none did.</summary>
    public long FirstByteAt { get; private set; }

    /// <summary>Marks the body as failed for its readers, unless it already failed at the provider.</summary>
    public void EndAs(AnswerEnd end) => End = End.OrElse(end);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ValueTask<int> read;
        try
        {
            read = stream.ReadAsync(buffer, deadline.Token);
        }
        catch (Exception fault) when (IsUpstreamFault(fault))
        {
            return ValueTask.FromResult(Fail(fault));
        }

        return read.IsCompletedSuccessfully ? ValueTask.FromResult(Arrived(read.Result)) : AwaitAsync(read);
    }

    [System.Runtime.CompilerServices.AsyncMethodBuilder(
        typeof(System.Runtime.CompilerServices.PoolingAsyncValueTaskMethodBuilder<>)
    )]
    private async ValueTask<int> AwaitAsync(ValueTask<int> read)
    {
        deadline.Rearm(idleTimeout);
        try
        {
            return Arrived(await read);
        }
        catch (Exception fault) when (IsUpstreamFault(fault))
        {
            return Fail(fault);
        }
    }

    private static bool IsUpstreamFault(Exception fault) =>
        fault is IOException or HttpRequestException or OperationCanceledException;

    private int Arrived(int count)
    {
        if (FirstByteAt == 0 && count > 0)
            FirstByteAt = clock.GetTimestamp();
        return count;
    }

    private int Fail(Exception fault)
    {
        End = AnswerEnd.Of(fault, deadline);
        // Within a body there is no connecting any more: what looks like a connect error is an aborted response.
        if (End.Outcome == Metering.Usage.CallOutcome.ConnectFailed)
            End = new AnswerEnd(Metering.Usage.CallOutcome.UpstreamCut, "upstream_cut");
        return 0;
    }
}
