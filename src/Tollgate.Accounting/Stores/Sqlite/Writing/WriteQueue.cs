namespace Tollgate.Accounting.Stores.Sqlite.Writing;

/// <summary>
/// Many producers, one consumer, no locks: a linked stack that the consumer takes as a whole and reverses. The consumer
/// parks by leaving a marker in the head, so a producer pays for a wake-up only while the consumer sleeps. Instead of
/// waking it, a producer can take its place for a moment: what others add meanwhile waits on top of another marker.
/// </summary>
internal sealed class WriteQueue : IDisposable
{
    private static readonly WriteTicket IdleMarker = new(null!);
    private static readonly WriteTicket BorrowedMarker = new(null!);
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
        while (newest is not null && newest != BorrowedMarker)
            (newest.Next, oldest, newest) = (oldest, newest, newest.Next);
        return oldest;
    }

    /// <summary>Sleeps until something is added, or until <see cref="Nudge"/>. For the consumer only.</summary>
    public void Wait()
    {
        if (Interlocked.CompareExchange(ref _head, IdleMarker, null) is not null)
            return;
        if (TryUnparkIfNudged())
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

    /// <summary>
    /// Takes the place of the consumer while it sleeps; returns false if it does not. <see cref="Return"/> must follow.
    /// </summary>
    public bool TryBorrow() => Interlocked.CompareExchange(ref _head, BorrowedMarker, IdleMarker) == IdleMarker;

    /// <summary>
    /// Gives the consumer its place back. Wakes it, and returns false, if something was added in the meantime.
    /// </summary>
    public bool Return()
    {
        if (Interlocked.CompareExchange(ref _head, IdleMarker, BorrowedMarker) != BorrowedMarker)
        {
            _wake.Set();
            return false;
        }

        if (Volatile.Read(ref _nudged) == 1 && Interlocked.CompareExchange(ref _head, null, IdleMarker) == IdleMarker)
            _wake.Set();
        return true;
    }

    /// <summary>
    /// Handles a nudge that came before the consumer was parked. If a producer has its place, the nudge is left to
    /// <see cref="Return"/>.
    /// </summary>
    private bool TryUnparkIfNudged()
    {
        while (Interlocked.Exchange(ref _nudged, 0) == 1)
        {
            var head = Interlocked.CompareExchange(ref _head, null, IdleMarker);
            if (head == IdleMarker)
                return true;
            // Either a producer has already woken the consumer, or one has its place and is yet to return it.
            Interlocked.Exchange(ref _nudged, 1);
            if (Volatile.Read(ref _head) != IdleMarker)
                return false;
        }

        return false;
    }

    /// <summary>Closes the queue if it is empty. For the consumer only.</summary>
    public bool TryClose() => Interlocked.CompareExchange(ref _head, ClosedMarker, null) is null;

    public void Dispose() => _wake.Dispose();
}
