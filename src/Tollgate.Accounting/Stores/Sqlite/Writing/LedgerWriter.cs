using System.Diagnostics.CodeAnalysis;
using Tollgate.Accounting.Limits;
using Tollgate.Accounting.Limits.Admission;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Stores.Sqlite.Writing;

/// <summary>
/// The only thread that writes. It takes everything queued, writes it in one transaction and completes the callers
/// after the commit; while it commits, the next batch accumulates. There is no timer: a single caller never waits for
/// others. While callers are few, they commit in the sleeping thread's place, which saves waking threads: each its own
/// record, and, if a commit waits for no flush, one thread of the pool what was queued meanwhile.
/// </summary>
internal sealed class LedgerWriter : IThreadPoolWorkItem, IDisposable
{
    /// <summary>
    /// The largest batch after which callers are still few. With <see cref="LedgerDurability.Strict"/> it is 1: several
    /// callers are better off sharing a flush.
    /// </summary>
    private const int MaxWithoutFlush = 6;

    private readonly LedgerOptions _options;
    private readonly int _maxFewCallers;
    private readonly Action<CallId> _close;
    private readonly Action _committed;
    private readonly WriteQueue _queue = new();
    private readonly WriteTicketPool _pool = new();
    private readonly RecoveringConnection _store;
    private readonly Checkpointer _checkpointer;
    private readonly Thread _thread;
    private readonly Func<bool> _isStopping; // Kept, so that a commit does not allocate it.
    private volatile bool _stopping;
    private volatile bool _hasFewCallers;

    /// <param name="options">The ledger.</param>
    /// <param name="close">Called for each recorded identity, after its commit.</param>
    /// <param name="committed">Called after each commit.</param>
    /// <param name="duties">The data to maintain with each record.</param>
    public LedgerWriter(LedgerOptions options, Action<CallId> close, Action committed, WriterDuties duties)
    {
        (_options, _close, _committed) = (options, close, committed);
        _maxFewCallers = options.Durability == LedgerDurability.Strict ? 1 : MaxWithoutFlush;
        _isStopping = () => _stopping;
        _store = new RecoveringConnection(options, duties, _queue.Nudge);
        _checkpointer = new Checkpointer(options, _queue.Nudge);
        _thread = new Thread(Run) { IsBackground = true, Name = "ledger writer" };
        _thread.Start();
    }

    public WriterState State => _store.State;

    /// <summary>When a write last failed; null if none did.</summary>
    public DateTimeOffset? LastFailureAt => _store.LastFailureAt;

    public int PendingCount => _store.PendingCount;

    public long Dropped => _store.Dropped;

    public long Checkpoints => _checkpointer.Completed;

    /// <param name="record">The record.</param>
    /// <param name="charges">The counters it is charged to.</param>
    /// <param name="reservation">The reservation that ends with the commit.</param>
    public ValueTask AppendAsync(UsageRecord record, LimitCharges? charges, Reservation? reservation)
    {
        var ticket = _pool.Rent();
        (ticket.Usage, ticket.Charges, ticket.Reservation) = (record, charges, reservation);
        return _hasFewCallers && _queue.TryBorrow() ? AppendOnCallersThread(ticket) : Enqueue(ticket);
    }

    public ValueTask RunAsync(ILedgerWork work)
    {
        var ticket = _pool.Rent();
        ticket.Work = work;
        return Enqueue(ticket);
    }

    /// <summary>Writes everything queued, then ends the thread.</summary>
    public void Dispose()
    {
        if (_stopping)
            return;
        _stopping = true;
        _queue.Nudge();
        _thread.Join();
        _checkpointer.Dispose();
        _store.Dispose();
        _queue.Dispose();
    }

    private ValueTask Enqueue(WriteTicket ticket)
    {
        var completion = ticket.AsValueTask(); // Before queueing: the ticket may be completed at once.
        State.NoteQueued();
        if (_queue.TryAdd(ticket))
            return completion;
        State.NoteCompleted(1);
        throw new ObjectDisposedException("UsageLedger");
    }

    /// <summary>Commits a record on the caller's thread, unless another process keeps the database locked.</summary>
    private ValueTask AppendOnCallersThread(WriteTicket ticket)
    {
        bool isDone;
        try
        {
            WriteTicket? chain = ticket;
            isDone = TryCommitAtOnce(ref chain);
        }
        finally
        {
            ReturnPlace();
        }

        if (!isDone)
            return Enqueue(ticket);
        var failure = ticket.Failure;
        ticket.Recycle();
        return failure is null ? ValueTask.CompletedTask : ValueTask.FromException(failure);
    }

    /// <summary>Commits what was queued while the place of the writer's thread was taken.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        WriteTicket? batch = null;
        if (!TryCommitAtOnce(ref batch))
        {
            _queue.WakeConsumer();
            return;
        }

        batch.SplitAfter(int.MaxValue, out var count);
        NoteWritten(count);
        ReturnPlace();
        batch.Execute();
    }

    /// <summary>
    /// Commits a chain, or what is queued if it is null; returns false, and takes nothing from the queue, if the
    /// writer's thread has to do it: another process keeps the database locked, or writing has failed.
    /// </summary>
    private bool TryCommitAtOnce([NotNullWhen(true)] ref WriteTicket? chain)
    {
        if (!_store.IsWritable || _store.IsProbeDue)
            return false;
        try
        {
            if (!_store.Connection.TryBegin())
                return false;
            chain ??= _queue.TakeBorrowed()!;
            CommitBegun(chain);
        }
        catch (SqliteErrorException exception)
        {
            _store.Fail(exception);
            if (chain is null)
                return false;
            _store.Keep(chain);
        }

        return true;
    }

    /// <summary>
    /// Ends a turn in the place of the writer's thread. If others have queued something in the meantime, callers are
    /// no longer few, and the writer's thread commits it. Without flushes, a few callers are still served faster if a
    /// thread of the pool commits it and then continues with one of them, unless anything else is due.
    /// </summary>
    private void ReturnPlace()
    {
        if (_store.IsWritable && _checkpointer.IsDue(_store.Connection))
            _queue.Nudge();
        if (_queue.TryReturn())
            return;
        _hasFewCallers &= _maxFewCallers > 1;
        if (_hasFewCallers && !_queue.IsNudged)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        else
            _queue.WakeConsumer();
    }

    private void NoteWritten(int count)
    {
        _hasFewCallers = count <= _maxFewCallers;
        State.NoteCompleted(count);
    }

    private void Run()
    {
        while (true)
        {
            var chain = _queue.TakeAll();
            if (chain is null && _stopping && _queue.TryClose())
                break;
            if (_store.IsProbeDue && _store.TryRecover(_isStopping, Close))
                _checkpointer.OnWriterReopened();
            if (chain is null && _store.ConnectionIfOpen is { } connection)
                _checkpointer.OnBetweenTransactions(connection);
            if (chain is null)
                _queue.Wait();
            while (chain is not null)
            {
                var rest = Write(chain);
                ThreadPool.UnsafeQueueUserWorkItem(chain, preferLocal: false);
                if (_store.IsWritable)
                    _checkpointer.OnBetweenTransactions(_store.Connection);
                chain = rest;
            }
        }
    }

    /// <summary>
    /// Writes one batch from the head of a chain, whose callers are then to be completed; returns the rest of the
    /// chain.
    /// </summary>
    private WriteTicket? Write(WriteTicket chain)
    {
        var rest = chain.SplitAfter(_options.BatchLimit, out var count);
        if (!_store.IsWritable)
            _store.Keep(chain);
        else
            Commit(chain);
        NoteWritten(count);
        return rest;
    }

    private void Commit(WriteTicket chain)
    {
        try
        {
            _store.Connection.BeginWhenFree(_isStopping);
            CommitBegun(chain);
        }
        catch (SqliteErrorException exception)
        {
            _store.Fail(exception);
            _store.Keep(chain);
        }
    }

    private void CommitBegun(WriteTicket chain)
    {
        for (WriteTicket? ticket = chain; ticket is not null; ticket = ticket.Next)
            Apply(ticket);
        _store.Connection.Commit();
        State.NoteCommit();
        CloseAttempts(chain);
        _committed();
    }

    private void Apply(WriteTicket ticket)
    {
        try
        {
            if (ticket.Usage is not { } record)
                State.NoteBatch(ticket.Work!.Run(_store.Connection));
            else if (_store.Connection.Book(record, ticket.Charges))
                State.NoteBatch(1);
        }
        catch (Exception failure) when (failure is not SqliteErrorException { IsRejection: false })
        {
            // Only this write failed. Its attempt stays in flight, so that a recovery records the upper bound.
            ticket.Failure = new ArgumentException(
                $"The ledger rejects {(ticket.Usage is { } refused ? $"the record {refused.Id}" : "a batch")}: "
                    + $"{failure.Message}",
                failure
            );
        }
    }

    /// <summary>The attempt of a rejected record stays in flight, so that a recovery records its upper bound.</summary>
    private void CloseAttempts(WriteTicket chain)
    {
        for (WriteTicket? ticket = chain; ticket is not null; ticket = ticket.Next)
            if (ticket is { Failure: null, Usage: { } record })
                Close(record, ticket.Reservation);
    }

    private void Close(UsageRecord record, Reservation? reservation)
    {
        reservation?.Settle(record);
        _close(record.Id);
    }
}
