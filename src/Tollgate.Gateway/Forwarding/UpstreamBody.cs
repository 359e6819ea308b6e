using Tollgate.Gateway.Calls;

namespace Tollgate.Gateway.Forwarding;

/// <summary>
/// The bytes of one response as they arrive from the provider, under the attempt's deadline. A failure is a value: it
/// is stored in <see cref="Outcome"/>, and the reader sees the end of the bytes.
/// </summary>
internal sealed class UpstreamBody(Stream stream, UpstreamDeadline deadline, TimeSpan idleTimeout, TimeProvider clock)
    : ForwardOnlyStream
{
    /// <summary>
    /// The outcome of the body, once <see cref="ReadAsync(Memory{byte}, CancellationToken)"/> has returned 0.
    /// </summary>
    public ResponseOutcome Outcome { get; private set; } = ResponseOutcome.Complete;

    /// <summary>The arrival of the first byte, as a timestamp of the gateway's clock; 0 if none did.</summary>
    public long FirstByteAt { get; private set; }

    /// <summary>Marks the body as failed for its readers, unless it already failed at the provider.</summary>
    public void SetOutcome(ResponseOutcome end) => Outcome = Outcome.FirstFailure(end);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ValueTask<int> read;
        try
        {
            read = stream.ReadAsync(buffer, deadline.Token);
        }
        catch (Exception exception) when (IsUpstreamException(exception))
        {
            return ValueTask.FromResult(Fail(exception));
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
        catch (Exception exception) when (IsUpstreamException(exception))
        {
            return Fail(exception);
        }
    }

    private static bool IsUpstreamException(Exception exception) =>
        exception is IOException or HttpRequestException or OperationCanceledException;

    private int Arrived(int count)
    {
        if (FirstByteAt == 0 && count > 0)
            FirstByteAt = clock.GetTimestamp();
        return count;
    }

    private int Fail(Exception exception)
    {
        Outcome = ResponseOutcome.FromException(exception, deadline);
        // Within a body there is no connecting any more: what looks like a connect error is an aborted response.
        if (Outcome.Outcome == Metering.Usage.CallOutcome.ConnectFailed)
            Outcome = new ResponseOutcome(Metering.Usage.CallOutcome.UpstreamCut, "upstream_cut");
        return 0;
    }
}
