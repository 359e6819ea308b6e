using Tollgate.Accounting.Limits;
using Tollgate.Accounting.Time;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Stores.Sqlite.Writing;

/// <summary>The writer's connection with its prepared statements. For the writer's thread only.</summary>
internal sealed class LedgerWriterConnection : IDisposable
{
    private readonly SqliteDatabase _database;
    private readonly SqliteStatement _begin,
        _commit,
        _insertUsage,
        _probe;
    private readonly SqliteRollups? _sums;
    private readonly bool _spoolsCharges;

    /// <param name="options">The ledger.</param>
    /// <param name="duties">The data to maintain.</param>
    public LedgerWriterConnection(LedgerOptions options, WriterDuties duties)
    {
        _spoolsCharges = duties.SpoolsCharges;
        _database = SqliteDatabase.OpenForCommits(options.DatabasePath, options.Durability);
        Spool = new SqliteSpoolRows(_database);
        try
        {
            if (options.WriterSetup() is { } setup)
                _database.Execute(setup);
            _begin = _database.Prepare("begin", "BEGIN IMMEDIATE");
            _commit = _database.Prepare("commit", "COMMIT");
            _insertUsage = _database.Prepare(
                "book usage",
                SqliteUsageColumns.InsertInto("usage", SqliteUsageColumns.Spooled)
                    + " ON CONFLICT (call_id, attempt) DO NOTHING"
            );
            if (duties.KeepsSums)
                _sums = new SqliteRollups(_database, options.TimeProvider);
            Limits = new SqliteLimitRows(_database, duties.Limits, options.TimeProvider);
            _probe = _database.Prepare(
                "probe",
                "INSERT INTO ledger_state VALUES ('probed_at', ?1) ON CONFLICT DO UPDATE SET value = excluded.value"
            );
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The counters and leases of limits.</summary>
    public SqliteLimitRows Limits { get; } = null!;

    /// <summary>The rows that wait for a server, if this is a spool.</summary>
    public SqliteSpoolRows Spool { get; }

    public long PagesWritten => _database.PagesWritten;

    public void Begin()
    {
        _sums?.Clear();
        Limits.Clear();
        _begin.Run();
    }

    /// <summary>Begins a transaction. Waits while another process writes; that is not an error.</summary>
    /// <param name="isStopping">True if it must not wait any longer.</param>
    /// <exception cref="SqliteErrorException">It cannot begin, or still not when it must not wait.</exception>
    public void BeginWhenFree(Func<bool> isStopping)
    {
        while (true)
        {
            try
            {
                Begin();
                return;
            }
            catch (SqliteErrorException exception) when (exception.IsBusy && !isStopping()) { }
        }
    }

    /// <summary>Begins a transaction; returns false at once if another process writes.</summary>
    public bool TryBegin()
    {
        _database.WaitsForLocks = false;
        try
        {
            Begin();
            return true;
        }
        catch (SqliteErrorException exception) when (exception.IsBusy)
        {
            return false;
        }
        finally
        {
            _database.WaitsForLocks = true;
        }
    }

    public void Commit()
    {
        _sums?.Write();
        Limits.Write();
        _commit.Run();
    }

    public void Rollback()
    {
        if (_database.InTransaction)
            _database.Execute("ROLLBACK"); // Some failures have rolled back already.
    }

    /// <summary>Writes a record and charges its limits; returns false if it was already recorded.</summary>
    public bool Book(UsageRecord record, LimitCharges? charges = null)
    {
        _insertUsage
            .Restart()
            .Add(record.Id.Call)
            .Add(record.Id.Attempt)
            .Add(record.StartedAt.ToMicros())
            .Add(record.Provider)
            .Add(record.Model)
            .Add(record.ModelGroup)
            .Add(record.Deployment)
            .Add(record.Operation)
            .Add(record.Streamed ? 1 : 0)
            .Add((long)record.ServiceTier);
        AddAttribution(_insertUsage, record.Attribution);
        AddUsage(_insertUsage, record.Usage);
        AddOutcome(_insertUsage, record);
        _insertUsage.Add(_spoolsCharges && charges is not null ? LimitChargesSerializer.Write(charges) : null).Run();
        if (_database.Changes == 0)
            return false;
        _sums?.Add(record);
        if (!_spoolsCharges && charges is not null)
            Limits.Charge(record, charges);
        return true;
    }

    /// <summary>
    /// Removes up to the given number of records, oldest first, and returns their number. Their rollups stay.
    /// </summary>
    public int PurgeRecords(long beforeMicros, int limit)
    {
        using var statement = _database.Prepare(
            "purge records",
            $"DELETE FROM usage WHERE seq IN (SELECT seq FROM usage WHERE {StartTimeSql.Before("?1")} ORDER BY "
                + $"{StartTimeSql.TextColumn} LIMIT ?2)"
        );
        statement.Restart().Add(beforeMicros).Add(limit).Run();
        return _database.Changes;
    }

    /// <summary>Removes the rollups, too.</summary>
    public void PurgeRollups() =>
        _database.Execute(
            "DELETE FROM usage_rollup; DELETE FROM usage_days; DELETE FROM usage_slots; DELETE FROM usage_blocks;"
        );

    /// <summary>Repairs the rollups, sources before the rollups derived from them.</summary>
    public void RepairRollups()
    {
        // The records of this transaction are in their table already; without their rollups, they would be added twice.
        _sums?.Write();
        _sums?.Clear();
        foreach (var sql in SqliteRollupTables.All)
            _database.Execute($"{sql.Repair};\n{sql.Clean};");
    }

    public void Probe(DateTimeOffset now) => _probe.Restart().Add(now.ToMicros()).Run();

    public void Dispose()
    {
        foreach (var statement in (SqliteStatement?[])[_begin, _commit, _insertUsage, _probe])
            statement?.Dispose();
        _sums?.Dispose();
        Limits?.Dispose();
        _database.Dispose();
    }

    private static void AddAttribution(SqliteStatement statement, Attribution attribution) =>
        statement
            .Add(attribution.KeyId)
            .Add(attribution.User)
            .Add(attribution.Project)
            .Add(attribution.Session)
            .Add(attribution.Application)
            .Add(attribution.EndUser)
            .Add(attribution.Tags);

    private static void AddUsage(SqliteStatement statement, in TokenUsage usage)
    {
        for (var kind = 0; kind < TokenUsage.KindCount; kind++)
            statement.Add(usage[(UsageKind)kind]);
    }

    private static void AddOutcome(SqliteStatement statement, UsageRecord record)
    {
        statement
            .Add(record.Duration.ToMicros())
            .Add(record.TimeToFirstToken?.ToMicros())
            .Add(record.ResponseModel)
            .Add((long)record.UsageSource)
            .Add(record.Local.Input)
            .Add(record.Local.Output)
            .Add(record.Local.Total)
            .Add(record.Cost?.ToPico())
            .Add(record.CostSource)
            .Add((long)record.Outcome)
            .Add(record.StatusCode)
            .Add(record.ErrorType)
            .Add(record.ResponseId);
        if (record.Corrects is { } corrected)
            statement.Add(corrected.Call).Add(corrected.Attempt);
        else
            statement.AddNull().AddNull();
    }
}
