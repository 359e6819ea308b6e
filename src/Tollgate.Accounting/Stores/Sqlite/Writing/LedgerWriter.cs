using Microsoft.Extensions.Logging;
using Tollgate.Accounting.Limits;
using Tollgate.Accounting.Limits.Admission;
using Tollgate.Accounting.Logging;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Stores.Sqlite.Writing;

/// <summary>
/// The only thread that writes. It takes everything queued, writes it in one transaction and completes the callers
/// after the commit; while it commits, the next batch accumulates. There is no timer: a single caller never waits for
/// others. While calls come one at a time, each caller commits its own record in the sleeping thread's place, which
/// saves waking two threads.
/// </summary>
internal sealed class LedgerWriter : IDisposable
{
    private readonly LedgerOptions _options;
    private readonly Action<CallId> _close;
    private readonly Action _committed;
    private readonly WriterDuties _duties;
    private readonly WriteQueue _queue = new();
    private readonly WriteTicketPool _pool = new();
    private readonly Checkpointer _checkpointer;
    private readonly WriterState _state = new();
    private readonly OutageMonitor _outage;
    private readonly PendingRecords _pending = new();
    private readonly ITimer _probeTimer;
    private readonly Thread _thread;
    private readonly Func<bool> _isStopping; // Kept, so that a commit does not allocate it.
    private LedgerWriterConnection? _store;
    private volatile bool _stopping;
    private volatile bool _probeDue;

    /// <summary>True while calls come one at a time.</summary>
    private volatile bool _isQuiet;

    /// <param name="options">The ledger.</param>
    /// <param name="close">Called for each recorded identity, after its commit.</param>
    /// <param name="committed">Called after each commit.</param>
    /// <param name="duties">The data to maintain with each record.</param>
    public LedgerWriter(LedgerOptions options, Action<CallId> close, Action committed, WriterDuties duties)
    {
        (_options, _close, _committed, _duties) = (options, close, committed, duties);
        _isStopping = () => _stopping;
        var logger = options.LoggerFactory.CreateLogger<LedgerWriter>();
        _outage = new OutageMonitor(
            options.TimeProvider,
            failure => logger.LedgerUnwritable(options.DatabasePath, failure.Message),
            () => logger.LedgerRecovered(options.DatabasePath)
        );
        _store = OpenStore();
        _checkpointer = new Checkpointer(options, _queue.Nudge);
        _probeTimer = options.TimeProvider.CreateTimer(
            _ => ScheduleProbe(),
            null,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
        _thread = new Thread(Run) { IsBackground = true, Name = "ledger writer" };
        _thread.Start();
    }

    public WriterState State => _state;

    /// <summary>When a write last failed; null if none did.</summary>
    public DateTimeOffset? LastFailureAt => _outage.LastFailureAt;

    public int PendingCount => _pending.Count;

    public long Dropped => _pending.Dropped;

    public long Checkpoints => _checkpointer.Completed;

    /// <param name="record">The record.</param>
    /// <param name="charges">The counters it is charged to.</param>
    /// <param name="reservation">The reservation that ends with the commit.</param>
    public ValueTask AppendAsync(UsageRecord record, LimitCharges? charges, Reservation? reservation)
    {
        var ticket = _pool.Rent();
        (ticket.Usage, ticket.Charges, ticket.Reservation) = (record, charges, reservation);
        return _isQuiet && _queue.TryBorrow() ? AppendOnCallersThread(ticket) : Enqueue(ticket);
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
        _probeTimer.Dispose();
        _checkpointer.Dispose();
        _store?.Dispose();
        _queue.Dispose();
    }

    private LedgerWriterConnection OpenStore() => new(_options, _duties);

    private ValueTask Enqueue(WriteTicket ticket)
    {
        var completion = ticket.AsValueTask(); // Before queueing: the ticket may be completed at once.
        _state.NoteQueued();
        if (_queue.TryAdd(ticket))
            return completion;
        _state.NoteCompleted(1);
        throw new ObjectDisposedException("UsageLedger");
    }

    /// <summary>Commits a record on the caller's thread, unless another process keeps the database locked.</summary>
    private ValueTask AppendOnCallersThread(WriteTicket ticket)
    {
        bool isDone,
            isCheckpointDue;
        try
        {
            isDone = _state.IsWritable && !_probeDue && TryCommitAtOnce(ticket);
            isCheckpointDue = isDone && _state.IsWritable && _checkpointer.IsDue(_store!);
        }
        finally
        {
            if (!_queue.Return())
                _isQuiet = false;
        }

        if (isCheckpointDue)
            _queue.Nudge();
        if (!isDone)
            return Enqueue(ticket);
        var failure = ticket.Failure;
        ticket.Recycle();
        return failure is null ? ValueTask.CompletedTask : ValueTask.FromException(failure);
    }

    private bool TryCommitAtOnce(WriteTicket ticket)
    {
        try
        {
            if (!_store!.TryBegin())
                return false;
            CommitBegun(ticket);
        }
        catch (SqliteErrorException exception)
        {
            MarkUnwritable(exception);
            FailAll(ticket);
        }

        return true;
    }

    private void Run()
    {
        while (true)
        {
            var chain = _queue.TakeAll();
            if (chain is null && _stopping && _queue.TryClose())
                break;
            if (_probeDue)
                TryRecover();
            if (chain is null && _store is not null)
                _checkpointer.OnBetweenTransactions(_store);
            if (chain is null)
                _queue.Wait();
            while (chain is not null)
                chain = Write(chain);
        }
    }

    /// <summary>
    /// Writes one batch from the head of a chain and completes its callers; returns the rest of the chain.
    /// </summary>
    private WriteTicket? Write(WriteTicket chain)
    {
        var rest = chain.SplitAfter(_options.BatchLimit, out var count);
        if (!_state.IsWritable)
            FailAll(chain);
        else
            Commit(chain);
        _isQuiet = count == 1;
        _state.NoteCompleted(count);
        ThreadPool.UnsafeQueueUserWorkItem(chain, preferLocal: false);
        if (_state.IsWritable)
            _checkpointer.OnBetweenTransactions(_store!);
        return rest;
    }

    private void Commit(WriteTicket chain)
    {
        try
        {
            _store!.BeginWhenFree(_isStopping);
            CommitBegun(chain);
        }
        catch (SqliteErrorException exception)
        {
            MarkUnwritable(exception);
            FailAll(chain);
        }
    }

    private void CommitBegun(WriteTicket chain)
    {
        for (WriteTicket? ticket = chain; ticket is not null; ticket = ticket.Next)
            Apply(ticket);
        _store!.Commit();
        _state.NoteCommit();
        CloseAttempts(chain);
        _committed();
    }

    private void Apply(WriteTicket ticket)
    {
        try
        {
            if (ticket.Usage is not { } record)
                _state.NoteBatch(ticket.Work!.Run(_store!));
            else if (_store!.Book(record, ticket.Charges))
                _state.NoteBatch(1);
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

    private void MarkUnwritable(SqliteErrorException exception)
    {
        _state.NoteFailure(exception.Message);
        _outage.NoteFailure(exception);
        try
        {
            _store?.Rollback();
        }
        catch (SqliteErrorException)
        {
            // The connection is discarded at the next probe, and the transaction with it.
        }

        _probeTimer.Change(_options.ProbeInterval, Timeout.InfiniteTimeSpan);
    }

    private void FailAll(WriteTicket chain)
    {
        var failure = new LedgerUnavailableException(
            $"Cannot write to the ledger '{_options.DatabasePath}': {_state.LastError} "
                + $"Nothing of this call is on disk. Writing is retried every "
                + $"{_options.ProbeInterval.TotalSeconds:0.#} s.",
            null
        );
        for (WriteTicket? ticket = chain; ticket is not null; ticket = ticket.Next)
        {
            if (ticket.Usage is { } record && ticket.Failure is null)
                _pending.Add(new PendingRecord(record, ticket.Charges, ticket.Reservation));
            ticket.Failure ??= failure;
        }
    }

    private void ScheduleProbe()
    {
        _probeDue = true;
        _queue.Nudge();
    }

    /// <summary>
    /// Tries to write the pending records with a new connection, since only a real write shows that writing works.
    /// </summary>
    private void TryRecover()
    {
        _probeDue = false;
        try
        {
            _store?.Dispose();
            _store = null;
            _store = OpenStore();
            _checkpointer.OnWriterReopened();
            _store.BeginWhenFree(_isStopping);
            _store.Probe(_options.TimeProvider.GetUtcNow());
            _state.NoteBatch(_pending.WriteTo(_store));
            _store.Commit();
            _state.NoteCommit();
            foreach (var owed in _pending)
                Close(owed.Record, owed.Reservation);
            _pending.Clear();
            _outage.NoteSuccess();
            _state.NoteRecovery();
        }
        catch (SqliteErrorException exception)
        {
            MarkUnwritable(exception);
        }
    }
}
