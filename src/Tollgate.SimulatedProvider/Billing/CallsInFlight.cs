namespace Tollgate.SimulatedProvider.Billing;

/// <summary>
/// The calls that are not booked yet. A client has the last byte of a response an instant before the provider
/// learns that the transport accepted it; a reader of the bill waits for that instant instead of missing the call.
/// </summary>
internal sealed class CallsInFlight
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _none;
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public void Enter() => Interlocked.Increment(ref _count);

    public void Exit()
    {
        if (Interlocked.Decrement(ref _count) != 0)
            return;
        lock (_lock)
        {
            _none?.TrySetResult();
            _none = null;
        }
    }

    /// <summary>
    /// Waits until no call is in flight, but no longer than <paramref name="timeout"/> of real time.
    /// </summary>
    public async Task WaitUntilNoneAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        Task none;
        lock (_lock)
        {
            _none ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            none = _none.Task;
            if (Count == 0)
                return;
        }

        try
        {
            await none.WaitAsync(timeout, TimeProvider.System, cancellationToken);
        }
        catch (TimeoutException)
        {
            // The response reports how many calls are still in flight.
        }
    }
}
