using System.Threading.Tasks.Sources;
using Tollgate.Accounting.Limits;
using Tollgate.Accounting.Limits.Admission;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Stores.Sqlite.Writing;

/// <summary>
/// One write on its way: what is asked of the writer, and what the caller awaits. Pooled, so that a call allocates
/// none.
/// </summary>
internal sealed class WriteTicket(WriteTicketPool pool) : IValueTaskSource, IThreadPoolWorkItem
{
    private ManualResetValueTaskSourceCore<bool> _core = new() { RunContinuationsAsynchronously = true };

    /// <summary>The next ticket of the chain that this one is in.</summary>
    public WriteTicket? Next;

    /// <summary>The one record to book; or, rarer, <see cref="Work"/>.</summary>
    public UsageRecord? Usage;

    public ILedgerWork? Work;

    /// <summary>What <see cref="Usage"/> is charged to.</summary>
    public LimitCharges? Charges;

    /// <summary>Ends when <see cref="Usage"/> is committed.</summary>
    public Reservation? Reservation;

    /// <summary>Set by the writer where this write failed; without it, the ticket completes with success.</summary>
    public Exception? Failure;

    public ValueTask AsValueTask() => new(this, _core.Version);

    /// <summary>
    /// Completes the chain that begins here. It runs on the pool, not on the writer's thread: the writer spends no time
    /// on waking callers, and their continuations go to the pool thread's own queue, from which idle threads steal.
    /// </summary>
    public void Execute()
    {
        for (WriteTicket? ticket = this, next; ticket is not null; ticket = next)
        {
            next = ticket.Next; // Read first: a completed ticket may be in use again at once.
            ticket.Next = null;
            ticket.Complete();
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

    private void Complete()
    {
        var failure = Failure;
        (Usage, Work, Failure, Charges, Reservation) = (null, null, null, null, null);
        if (failure is null)
            _core.SetResult(true);
        else
            _core.SetException(failure);
    }
}
