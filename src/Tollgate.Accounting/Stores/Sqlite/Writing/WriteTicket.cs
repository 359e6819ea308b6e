using System.Threading.Tasks.Sources;
using Tollgate.Accounting.Limits;
using Tollgate.Accounting.Limits.Admission;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Stores.Sqlite.Writing;

/// <summary>
/// A pending write: the request to the writer, and what the caller awaits. Pooled, so that a call does not allocate
/// one.
/// </summary>
internal sealed class WriteTicket(WriteTicketPool pool) : IValueTaskSource, IThreadPoolWorkItem
{
    private ManualResetValueTaskSourceCore<bool> _core;

    /// <summary>The next ticket of this ticket's chain.</summary>
    public WriteTicket? Next;

    /// <summary>The single record to write; or, less often, <see cref="Work"/>.</summary>
    public UsageRecord? Usage;

    public ILedgerWork? Work;

    /// <summary>The counters to which <see cref="Usage"/> is charged.</summary>
    public LimitCharges? Charges;

    /// <summary>Ends when <see cref="Usage"/> is committed.</summary>
    public Reservation? Reservation;

    /// <summary>Set by the writer if this write failed; otherwise the ticket completes successfully.</summary>
    public Exception? Failure;

    public ValueTask AsValueTask() => new(this, _core.Version);

    /// <summary>
    /// Ends the chain that begins here after a number of tickets, and returns the rest of it; null if there is none.
    /// </summary>
    /// <param name="limit">The number of tickets to keep.</param>
    /// <param name="count">The number of tickets that are left in this chain.</param>
    public WriteTicket? SplitAfter(int limit, out int count)
    {
        var last = this;
        for (count = 1; count < limit && last.Next is not null; count++)
            last = last.Next;
        var rest = last.Next;
        last.Next = null;
        return rest;
    }

    /// <summary>
    /// Completes the chain that begins here. Runs on the thread pool, not on the writer's thread: the writer spends no
    /// time waking callers, and their continuations go to the pool thread's own queue, from which idle threads steal.
    /// The last one continues at once: it would only wake another thread.
    /// </summary>
    public void Execute()
    {
        for (WriteTicket? ticket = this, next; ticket is not null; ticket = next)
        {
            next = ticket.Next; // Read first: a completed ticket may be in use again at once.
            ticket.Next = null;
            ticket.Complete(continueHere: next is null);
        }
    }

    public void GetResult(short token)
    {
        try
        {
            _core.GetResult(token);
        }
        finally
        {
            _core.Reset();
            pool.Return(this);
        }
    }

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(
        Action<object?> continuation,
        object? state,
        short token,
        ValueTaskSourceOnCompletedFlags flags
    ) => _core.OnCompleted(continuation, state, token, flags);

    /// <summary>Returns a ticket that was never queued to the pool.</summary>
    public void Recycle()
    {
        Clear();
        pool.Return(this);
    }

    private void Clear() => (Usage, Work, Failure, Charges, Reservation) = (null, null, null, null, null);

    private void Complete(bool continueHere)
    {
        _core.RunContinuationsAsynchronously = !continueHere;
        var failure = Failure;
        Clear();
        if (failure is null)
            _core.SetResult(true);
        else
            _core.SetException(failure);
    }
}
