using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Ledger.Stores.Sqlite;

/// <summary>The writer's connection with its prepared statements. For the writer's thread only.</summary>
internal sealed class SqliteLedgerWriter : IDisposable
{
    private readonly SqliteDatabase _database;
    private readonly SqliteStatement _begin, _commit, _insertOpen, _deleteOpen, _insertUsage, _addRollup, _probe;
    private readonly RollupBatch _rollups = new();
    private bool _flushes = true;

    public SqliteLedgerWriter(string path, string? setup)
    {
        _database = SqliteDatabase.Open(path);
        try
        {
            if (setup is not null) _database.Execute(setup);
            _begin = _database.Prepare("begin", "BEGIN IMMEDIATE");
            _commit = _database.Prepare("commit", "COMMIT");
            _insertOpen = _database.Prepare("open an attempt", UsageColumns.InsertInto("open_attempts", UsageColumns.Open) + " ON CONFLICT DO NOTHING");
            _deleteOpen = _database.Prepare("close an attempt", "DELETE FROM open_attempts WHERE call_id = ?1 AND attempt = ?2");
            _insertUsage = _database.Prepare("book usage", UsageColumns.InsertInto("usage", UsageColumns.Usage) + " ON CONFLICT (call_id, attempt) DO NOTHING");
            _addRollup = _database.Prepare("add to a rollup", RollupSql());
            _probe = _database.Prepare("probe", "INSERT INTO ledger_state VALUES ('probed_at', ?1) ON CONFLICT DO UPDATE SET value = excluded.value");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public long PagesWritten => _database.PagesWritten;

    /// <summary>
    /// Begins a transaction. One that is not flushed outlives the process but not the machine, until the next flushed
    /// one, which covers everything before it.
    /// </summary>
    public void Begin(bool flush)
    {
        _rollups.Clear();
        if (_flushes != flush) _database.Execute(flush ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL");
        _flushes = flush;
        _begin.Run();
    }

    public void Commit()
    {
        WriteRollups();
        _commit.Run();
    }

    public void Rollback()
    {
        if (_database.InTransaction) _database.Execute("ROLLBACK"); // Some failures have rolled back already.
    }

    public void Open(OpenAttempt attempt, Guid gateId)
    {
        AddAttempt(_insertOpen, attempt.Id, attempt.StartedAt);
        AddRoute(_insertOpen, attempt.Provider, attempt.Model, attempt.ModelGroup, attempt.Deployment, attempt.Operation);
        _insertOpen.Add(attempt.Streamed ? 1 : 0).Add((long)attempt.ServiceTier);
        AddAttribution(_insertOpen, attempt.Attribution);
        AddUsage(_insertOpen, attempt.UpperBound);
        _insertOpen.Add(gateId).Run();
    }

    /// <summary>Books a record and closes its attempt; false where it was booked before.</summary>
    public bool Book(UsageRecord record)
    {
        AddAttempt(_insertUsage, record.Id, record.StartedAt);
        AddRoute(_insertUsage, record.Provider, record.Model, record.ModelGroup, record.Deployment, record.Operation);
        _insertUsage.Add(record.Streamed ? 1 : 0).Add((long)record.ServiceTier);
        AddAttribution(_insertUsage, record.Attribution);
        AddUsage(_insertUsage, record.Usage);
        AddOutcome(_insertUsage, record);
        _insertUsage.Run();
        var added = _database.Changes > 0;
        if (added) _rollups.Add(record);
        // Last: should the record be refused, its attempt must stay open.
        _deleteOpen.First().Add(record.Id.Call).Add(record.Id.Attempt).Run();
        return added;
    }

    public void Probe(DateTimeOffset now) => _probe.First().Add(now.ToMicros()).Run();

    public void Dispose()
    {
        foreach (var statement in (SqliteStatement?[])[_begin, _commit, _insertOpen, _deleteOpen, _insertUsage, _addRollup, _probe])
            statement?.Dispose();
        _database.Dispose();
    }

    private static void AddAttempt(SqliteStatement statement, CallId id, DateTimeOffset startedAt) =>
        statement.First().Add(id.Call).Add(id.Attempt).Add(startedAt.ToMicros());

    private static void AddRoute(SqliteStatement statement, string provider, string model, string? group, string? deployment, string operation) =>
        statement.Add(provider).Add(model).Add(group).Add(deployment).Add(operation);

    private static void AddAttribution(SqliteStatement statement, Attribution whom) =>
        statement.Add(whom.KeyId).Add(whom.User).Add(whom.Project).Add(whom.Session)
            .Add(whom.Application).Add(whom.EndUser).Add(whom.Tags);

    private static void AddUsage(SqliteStatement statement, in TokenUsage usage)
    {
        for (var kind = 0; kind < TokenUsage.KindCount; kind++) statement.Add(usage[(UsageKind)kind]);
    }

    private static void AddOutcome(SqliteStatement statement, UsageRecord record)
    {
        statement.Add(record.Duration.ToMicros()).Add(record.TimeToFirstToken?.ToMicros()).Add(record.ResponseModel)
            .Add((long)record.UsageSource).Add(record.Cost?.ToPico()).Add(record.CostSource).Add((long)record.Outcome)
            .Add(record.StatusCode).Add(record.ErrorType).Add(record.ResponseId);
        if (record.Corrects is { } corrected) statement.Add(corrected.Call).Add(corrected.Attempt);
        else statement.AddNull().AddNull();
    }

    private void WriteRollups()
    {
        foreach (var key in _rollups.SortedKeys())
        {
            ref readonly var sums = ref _rollups[key];
            _addRollup.First().Add(key.Slot).Add(key.Key).Add(key.Model).Add(key.Provider).Add(key.User).Add(key.Project)
                .Add(sums.Calls).Add(sums.Errors).Add(sums.Estimated).Add(sums.Unpriced)
                .Add(sums.CostMicro).Add(sums.CostPico).Add(sums.Duration);
            AddUsage(_addRollup, sums.Usage);
            _addRollup.Run();
        }
    }

    private static string RollupSql()
    {
        string[] columns = [.. UsageColumns.RollupKey, .. UsageColumns.RollupSums];
        // An empty text reaches SQLite as a null pointer, hence as NULL.
        var values = columns.Select((name, index) =>
            index is > 0 && index < UsageColumns.RollupKey.Length ? $"ifnull(?{index + 1}, '')" : $"?{index + 1}");
        var sums = UsageColumns.RollupSums.Select(name => $"{name} = {name} + excluded.{name}");
        return $"INSERT INTO usage_rollup ({UsageColumns.List(columns)}) VALUES ({UsageColumns.List(values)}) " +
            $"ON CONFLICT DO UPDATE SET {UsageColumns.List(sums)}";
    }
}
