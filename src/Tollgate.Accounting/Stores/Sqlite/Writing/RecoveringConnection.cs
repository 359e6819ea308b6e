using Microsoft.Extensions.Logging;
using Tollgate.Accounting.Limits.Admission;
using Tollgate.Accounting.Logging;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Stores.Sqlite.Writing;

/// <summary>
/// The writer's connection through failures of the disk. After one, records are kept in memory until a probe succeeds,
/// which is a real write with a new connection: only that shows that writing works. For the owner of the writer's place
/// only, unless noted.
/// </summary>
internal sealed class RecoveringConnection : IDisposable
{
    private readonly LedgerOptions _options;
    private readonly WriterDuties _duties;
    private readonly Action _wakeWriter;
    private readonly OutageMonitor _outage;
    private readonly PendingRecords _pending = new();
    private readonly ITimer _probeTimer;
    private LedgerWriterConnection? _connection;
    private volatile bool _isProbeDue;

    /// <param name="options">The ledger.</param>
    /// <param name="duties">The data to maintain with each record.</param>
    /// <param name="wakeWriter">Called from any thread when <see cref="IsProbeDue"/> becomes true.</param>
    public RecoveringConnection(LedgerOptions options, WriterDuties duties, Action wakeWriter)
    {
        (_options, _duties, _wakeWriter) = (options, duties, wakeWriter);
        var logger = options.LoggerFactory.CreateLogger<LedgerWriter>();
        _outage = new OutageMonitor(
            options.TimeProvider,
            failure => logger.LedgerUnwritable(options.DatabasePath, failure.Message),
            () => logger.LedgerRecovered(options.DatabasePath)
        );
        _connection = Open();
        _probeTimer = options.TimeProvider.CreateTimer(
            _ => ScheduleProbe(),
            null,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
    }

    /// <summary>The counters of what was written; for any thread.</summary>
    public WriterState State { get; } = new();

    /// <summary>True if writing works as far as is known; for any thread.</summary>
    public bool IsWritable => State.IsWritable;

    /// <summary>True if <see cref="TryRecover"/> is due; for any thread.</summary>
    public bool IsProbeDue => _isProbeDue;

    /// <summary>The connection; only while <see cref="IsWritable"/>.</summary>
    public LedgerWriterConnection Connection => _connection!;

    /// <summary>The connection; null if the last attempt to open it failed.</summary>
    public LedgerWriterConnection? ConnectionIfOpen => _connection;

    /// <summary>When a write last failed; null if none did. For any thread.</summary>
    public DateTimeOffset? LastFailureAt => _outage.LastFailureAt;

    /// <summary>The number of records in memory; for any thread.</summary>
    public int PendingCount => _pending.Count;

    /// <summary>The number of records that could not be kept; for any thread.</summary>
    public long Dropped => _pending.Dropped;

    /// <summary>Takes a failure of the disk, and schedules the next probe.</summary>
    public void Fail(SqliteErrorException exception)
    {
        State.NoteFailure(exception.Message);
        _outage.NoteFailure(exception);
        try
        {
            _connection?.Rollback();
        }
        catch (SqliteErrorException)
        {
            // The connection is discarded at the next probe, and the transaction with it.
        }

        _probeTimer.Change(_options.ProbeInterval, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Keeps the records of a chain for later, and has their callers get the error.</summary>
    public void Keep(WriteTicket chain)
    {
        var failure = new LedgerUnavailableException(
            $"Cannot write to the ledger '{_options.DatabasePath}': {State.LastError} "
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

    /// <summary>Writes the records in memory with a new connection; returns true if that succeeded.</summary>
    /// <param name="isStopping">True if it must not wait for other processes any longer.</param>
    /// <param name="close">Called for each record, after the commit.</param>
    public bool TryRecover(Func<bool> isStopping, Action<UsageRecord, Reservation?> close)
    {
        _isProbeDue = false;
        try
        {
            _connection?.Dispose();
            _connection = null;
            _connection = Open();
            _connection.BeginWhenFree(isStopping);
            _connection.Probe(_options.TimeProvider.GetUtcNow());
            State.NoteBatch(_pending.WriteTo(_connection));
            _connection.Commit();
            State.NoteCommit();
            foreach (var owed in _pending)
                close(owed.Record, owed.Reservation);
            _pending.Clear();
            _outage.NoteSuccess();
            State.NoteRecovery();
            return true;
        }
        catch (SqliteErrorException exception)
        {
            Fail(exception);
            return false;
        }
    }

    /// <summary>Closes the connection; only after the writer's thread has ended.</summary>
    public void Dispose()
    {
        _probeTimer.Dispose();
        _connection?.Dispose();
    }

    private LedgerWriterConnection Open() => new(_options, _duties);

    private void ScheduleProbe()
    {
        _isProbeDue = true;
        _wakeWriter();
    }
}
