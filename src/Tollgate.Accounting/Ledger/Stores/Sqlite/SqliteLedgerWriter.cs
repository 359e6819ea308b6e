using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Ledger.Stores.Sqlite;

/// <summary>The writer's connection with its prepared statements. For the writer's thread only.</summary>
internal sealed class SqliteLedgerWriter : IDisposable
{
    private readonly SqliteDatabase _database;
    private readonly SqliteStatement _begin, _commit, _insertUsage, _addRollup, _probe;
    private readonly RollupBatch _rollups = new();

    public SqliteLedgerWriter(string path, string? setup)
    {
        _database = SqliteDatabase.Open(path);
        try
        {
            if (setup is not null) _database.Execute(setup);
            _begin = _database.Prepare("begin", "BEGIN IMMEDIATE");
            _commit = _database.Prepare("commit", "COMMIT");
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

    public void Begin()
    {
        _rollups.Clear();
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

    /// <summary>Books a record; false where it was booked before.</summary>
    public bool Book(UsageRecord record)
    {
        _insertUsage.First().Add(record.Id.Call).Add(record.Id.Attempt).Add(record.StartedAt.ToMicros())
            .Add(record.Provider).Add(record.Model).Add(record.ModelGroup).Add(record.Deployment).Add(record.Operation)
            .Add(record.Streamed ? 1 : 0).Add((long)record.ServiceTier);
        AddAttribution(_insertUsage, record.Attribution);
        AddUsage(_insertUsage, record.Usage);
        AddOutcome(_insertUsage, record);
        _insertUsage.Run();
        if (_database.Changes == 0) return false;
        _rollups.Add(record);
        return true;
    }

    public void Probe(DateTimeOffset now) => _probe.First().Add(now.ToMicros()).Run();

    public void Dispose()
    {
        foreach (var statement in (SqliteStatement?[])[_begin, _commit, _insertUsage, _addRollup, _probe])
            statement?.Dispose();
        _database.Dispose();
    }

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
