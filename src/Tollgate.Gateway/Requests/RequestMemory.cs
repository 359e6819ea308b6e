namespace Tollgate.Gateway.Requests;

/// <summary>
/// The one memory budget that all request bodies of the gate live in. What does not fit is refused before it is
/// read, so that no number of callers can exhaust the process.
/// </summary>
public sealed class RequestMemory(long budget)
{
    private long _used;

    /// <summary>Bytes that all bodies together may occupy.</summary>
    public long Budget => budget;

    /// <summary>Bytes that they occupy now.</summary>
    public long Used => Volatile.Read(ref _used);

    /// <summary>Takes bytes from the budget, or nothing where they do not fit.</summary>
    public bool TryReserve(long bytes)
    {
        if (Interlocked.Add(ref _used, bytes) <= budget)
            return true;
        Interlocked.Add(ref _used, -bytes);
        return false;
    }

    /// <summary>Gives bytes back.</summary>
    public void Release(long bytes) => Interlocked.Add(ref _used, -bytes);
}
