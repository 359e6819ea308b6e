namespace Tollgate.Accounting.Stores.Sqlite.Writing;

/// <summary>
/// Many producers, one consumer, no locks: a linked stack that the consumer takes as a whole and reverses. The consumer
/// parks by leaving a marker in the head, so a producer pays for a wake-up only while the consumer sleeps. Instead of
/// waking it, a producer can take its place for a moment: what others add meanwhile waits on top of another marker. The
/// place may be passed on to another thread.
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
    public WriteTicket? TakeAll() => OldestFirst(Interlocked.Exchange(ref _head, null));

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

    /// <summary>True if the consumer is to wake although nothing was added, and has not yet.</summary>
    public bool IsNudged => Volatile.Read(ref _nudged) == 1;

    /// <summary>
    /// Takes the place of the consumer while it sleeps; returns false if it does not. <see cref="TryReturn"/> must
    /// follow.
    /// </summary>
    public bool TryBorrow() => Interlocked.CompareExchange(ref _head, BorrowedMarker, IdleMarker) == IdleMarker;

    /// <summary>
    /// Gives the consumer its place back; returns false if something was added in the meantime. The place then remains
    /// borrowed until <see cref="TakeBorrowed"/> and another <see cref="TryReturn"/>, or <see cref="WakeConsumer"/>.
    /// </summary>
    public bool TryReturn()
    {
        if (Interlocked.CompareExchange(ref _head, IdleMarker, BorrowedMarker) != BorrowedMarker)
            return false;
        if (IsNudged && Interlocked.CompareExchange(ref _head, null, IdleMarker) == IdleMarker)
            _wake.Set();
        return true;
    }

    /// <summary>
    /// Takes what was added while the place is borrowed, oldest first; returns null if there is nothing. The place
    /// remains borrowed.
    /// </summary>
    public WriteTicket? TakeBorrowed() => OldestFirst(Interlocked.Exchange(ref _head, BorrowedMarker));

    /// <summary>Ends a failed <see cref="TryReturn"/>: the consumer takes what was added.</summary>
    public void WakeConsumer() => _wake.Set();

    /// <summary>
    /// Handles a nudge that came before the consumer was parked. If a producer has its place, the nudge is left to
    /// <see cref="TryReturn"/>.
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

    private static WriteTicket? OldestFirst(WriteTicket? newest)
    {
        WriteTicket? oldest = null;
        while (newest is not null && newest != BorrowedMarker)
            (newest.Next, oldest, newest) = (oldest, newest, newest.Next);
        return oldest;
    }
}
