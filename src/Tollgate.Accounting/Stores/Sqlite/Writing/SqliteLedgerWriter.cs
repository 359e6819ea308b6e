using Tollgate.Accounting.Limits;
using Tollgate.Accounting.Limits.Leases;
using Tollgate.Accounting.Time;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Stores.Sqlite.Writing;

/// <summary>The writer's connection with its prepared statements. For the writer's thread only.</summary>
internal sealed class SqliteLedgerWriter : IDisposable
{
    private readonly SqliteDatabase _database;
    private readonly SqliteStatement _begin,
        _commit,
        _insertUsage,
        _probe;
    private readonly SqliteRollups? _sums;
    private readonly bool _spoolsCharges;

    /// <param name="path">The database.</param>
    /// <param name="setup">SQL to run on the new connection.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="keepsSums">True if rollups are maintained; a spool has none.</param>
    /// <param name="spoolsCharges">True if limits are counted in the server's store, so that charges stay with their
    /// records.</param>
    /// <param name="limits">The limits with thresholds.</param>
    public SqliteLedgerWriter(
        string path,
        string? setup,
        TimeProvider clock,
        bool keepsSums,
        bool spoolsCharges,
        ThresholdMonitor limits
    )
    {
        _spoolsCharges = spoolsCharges;
        _database = SqliteDatabase.OpenForCommits(path);
        try
        {
            if (setup is not null)
                _database.Execute(setup);
            _begin = _database.Prepare("begin", "BEGIN IMMEDIATE");
            _commit = _database.Prepare("commit", "COMMIT");
            _insertUsage = _database.Prepare(
                "book usage",
                SqliteUsageColumns.InsertInto("usage", SqliteUsageColumns.Spooled)
                    + " ON CONFLICT (call_id, attempt) DO NOTHING"
            );
            if (keepsSums)
                _sums = new SqliteRollups(_database, clock);
            Limits = new SqliteLimitRows(_database, limits, clock);
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

    public long PagesWritten => _database.PagesWritten;

    public void Begin()
    {
        _sums?.Clear();
        Limits.Clear();
        _begin.Run();
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
        _database.Execute("DELETE FROM usage_rollup; DELETE FROM usage_days; DELETE FROM usage_slots;");

    /// <summary>Repairs the rollups, sources before the rollups derived from them.</summary>
    public void RepairRollups()
    {
        // The records of this transaction are in their table already; without their rollups, they would be added twice.
        _sums?.Write();
        _sums?.Clear();
        foreach (var sql in SqliteRollupTables.All)
            _database.Execute($"{sql.Repair};\n{sql.Clean};");
    }

    /// <summary>
    /// Removes everything up to a row, since it has reached the server. Records that the server rejects stay.
    /// </summary>
    public void AcknowledgeThrough(long seq) =>
        _database.Execute($"DELETE FROM usage WHERE seq <= {seq} AND refused_at IS NULL");

    /// <summary>Quarantines a row that the server rejects.</summary>
    public void Quarantine(long seq, DateTimeOffset at, string reason)
    {
        using var statement = _database.Prepare(
            "quarantine a record",
            "UPDATE usage SET refused_at = ?1, refusal = ?2 WHERE seq = ?3"
        );
        statement.Restart().Add(at.ToMicros()).Add(reason).Add(seq).Run();
    }

    /// <summary>
    /// Requeues quarantined records at the end and returns their number. At their old position, acknowledging a batch
    /// that is already on its way would delete them.
    /// </summary>
    public int Requeue()
    {
        _database.Execute(
            "UPDATE usage SET seq = seq + (SELECT max(seq) FROM usage), refused_at = NULL, refusal = NULL WHERE "
                + "refused_at IS NOT NULL"
        );
        return _database.Changes;
    }

    /// <summary>Removes a quarantined row; returns false if there is none.</summary>
    public bool DropQuarantined(CallId id)
    {
        using var statement = _database.Prepare(
            "drop a record",
            "DELETE FROM usage WHERE call_id = ?1 AND attempt = ?2 AND refused_at IS NOT NULL"
        );
        statement.Restart().Add(id.Call).Add(id.Attempt).Run();
        return _database.Changes > 0;
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

    private static void AddAttribution(SqliteStatement statement, Attribution whom) =>
        statement
            .Add(whom.KeyId)
            .Add(whom.User)
            .Add(whom.Project)
            .Add(whom.Session)
            .Add(whom.Application)
            .Add(whom.EndUser)
            .Add(whom.Tags);

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
