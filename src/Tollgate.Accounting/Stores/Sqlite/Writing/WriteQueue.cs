namespace Tollgate.Accounting.Stores.Sqlite.Writing;

/// <summary>
/// Many producers, one consumer, no locks: a linked stack that the consumer takes as a whole and reverses. The consumer
/// parks by leaving a marker in the head, so a producer pays for a wake-up only while the consumer sleeps.
/// </summary>
internal sealed class WriteQueue : IDisposable
{
    private static readonly WriteTicket IdleMarker = new(null!);
    private static readonly WriteTicket ClosedMarker = new(null!);

    private readonly ManualResetEventSlim _wake = new(false, spinCount: 0);
    private WriteTicket? _head;
    private int _nudged;

    /// <summary>Adds a ticket; returns false if the queue is closed.</summary>
    public bool TryAdd(WriteTicket ticket)
    {
        while (true)
        {
            var head = Volatile.Read(ref _head);
            if (head == ClosedMarker)
                return false;
            ticket.Next = head == IdleMarker ? null : head;
            if (Interlocked.CompareExchange(ref _head, ticket, head) != head)
                continue;
            if (head == IdleMarker)
                _wake.Set();
            return true;
        }
    }

    /// <summary>Takes everything, oldest first; returns null if the queue is empty. For the consumer only.</summary>
    public WriteTicket? TakeAll()
    {
        var newest = Interlocked.Exchange(ref _head, null);
        WriteTicket? oldest = null;
        while (newest is not null)
            (newest.Next, oldest, newest) = (oldest, newest, newest.Next);
        return oldest;
    }

    /// <summary>Sleeps until something is added, or until <see cref="Nudge"/>. For the consumer only.</summary>
    public void Wait()
    {
        if (Interlocked.CompareExchange(ref _head, IdleMarker, null) is not null)
            return;
        if (
            Interlocked.Exchange(ref _nudged, 0) == 1
            && Interlocked.CompareExchange(ref _head, null, IdleMarker) == IdleMarker
        )
            return;
        _wake.Wait();
        _wake.Reset();
        Interlocked.Exchange(ref _nudged, 0);
    }

    /// <summary>Wakes the consumer although nothing was added.</summary>
    public void Nudge()
    {
        Interlocked.Exchange(ref _nudged, 1);
        if (Interlocked.CompareExchange(ref _head, null, IdleMarker) == IdleMarker)
            _wake.Set();
    }

    /// <summary>Closes the queue if it is empty. For the consumer only.</summary>
    public bool TryClose() => Interlocked.CompareExchange(ref _head, ClosedMarker, null) is null;

    public void Dispose() => _wake.Dispose();
}
