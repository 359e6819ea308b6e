namespace Tollgate.Gateway.Requests;

/// <summary>
/// The single memory budget for all request bodies of the gateway. A body that does not fit is refused before it is
/// read, so callers cannot exhaust the process, however many there are.
/// </summary>
public sealed class RequestMemoryBudget(long budget)
{
    private long _used;

    /// <summary>Bytes that all bodies together may occupy.</summary>
    public long Total => budget;

    /// <summary>Bytes currently in use.</summary>
    public long Used => Volatile.Read(ref _used);

    /// <summary>Reserves bytes of the budget, or none if they do not fit.</summary>
    public bool TryReserve(long bytes)
    {
        if (Interlocked.Add(ref _used, bytes) <= budget)
            return true;
        Interlocked.Add(ref _used, -bytes);
        return false;
    }

    /// <summary>Returns bytes to the budget.</summary>
    public void Release(long bytes) => Interlocked.Add(ref _used, -bytes);
}
