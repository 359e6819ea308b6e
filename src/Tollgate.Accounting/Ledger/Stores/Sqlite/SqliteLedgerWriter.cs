using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Ledger.Stores.Sqlite;

/// <summary>The writer's connection with its prepared statements. For the writer's thread only.</summary>
internal sealed class SqliteLedgerWriter : IDisposable
{
    private readonly SqliteDatabase _database;
    private readonly SqliteStatement _begin, _commit, _insertUsage, _addRollup, _addDay, _addSlot, _probe;
    private readonly RollupBatch _rollups = new();
    private readonly bool _keepsSums;

    public SqliteLedgerWriter(string path, string? setup, bool keepsSums = true)
    {
        _keepsSums = keepsSums;
        _database = SqliteDatabase.Open(path);
        try
        {
            if (setup is not null) _database.Execute(setup);
            _begin = _database.Prepare("begin", "BEGIN IMMEDIATE");
            _commit = _database.Prepare("commit", "COMMIT");
            _insertUsage = _database.Prepare("book usage", UsageColumns.InsertInto("usage", UsageColumns.Usage) + " ON CONFLICT (call_id, attempt) DO NOTHING");
            _addRollup = _database.Prepare("add to a rollup", RollupSql("usage_rollup", UsageColumns.RollupKey));
            _addDay = _database.Prepare("add to a day", RollupSql("usage_days", UsageColumns.RollupKey));
            _addSlot = _database.Prepare("add to a slot", RollupSql("usage_slots", ["slot"]));
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
        if (_keepsSums) _rollups.Add(record);
        return true;
    }

    /// <summary>Removes up to that many records, the oldest first, and gives their number. Their sums stay.</summary>
    public int PurgeRecords(long beforeMicros, int limit)
    {
        _database.Execute($"DELETE FROM usage WHERE seq IN (SELECT seq FROM usage WHERE started_at < {beforeMicros} ORDER BY started_at LIMIT {limit})");
        return _database.Changes;
    }

    /// <summary>Removes the sums too.</summary>
    public void PurgeSums() => _database.Execute("DELETE FROM usage_rollup; DELETE FROM usage_days; DELETE FROM usage_slots;");

    /// <summary>Removes what was booked up to a row, since it is in the store behind.</summary>
    public void Forget(long seq) => _database.Execute($"DELETE FROM usage WHERE seq <= {seq}");

    public void Probe(DateTimeOffset now) => _probe.First().Add(now.ToMicros()).Run();

    public void Dispose()
    {
        foreach (var statement in (SqliteStatement?[])[_begin, _commit, _insertUsage, _addRollup, _addDay, _addSlot, _probe])
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
        statement.Add(record.Local.Input).Add(record.Local.Output).Add(record.Local.Total);
    }

    private void WriteRollups()
    {
        foreach (var key in _rollups.SortedKeys()) AddTo(_addRollup, key, _rollups[key]);
        foreach (var (key, sums) in _rollups.Days()) AddTo(_addDay, key, sums);
        foreach (var (slot, sums) in _rollups.Slots())
        {
            _addSlot.First().Add(slot);
            AddSums(_addSlot, sums);
            _addSlot.Run();
        }
    }

    private static void AddTo(SqliteStatement statement, in RollupKey key, in RollupSums sums)
    {
        statement.First().Add(key.Slot).Add(key.Key).Add(key.Model).Add(key.Provider).Add(key.User).Add(key.Project);
        AddSums(statement, sums);
        statement.Run();
    }

    private static void AddSums(SqliteStatement statement, in RollupSums sums)
    {
        statement.Add(sums.Calls).Add(sums.Errors).Add(sums.Estimated).Add(sums.Unpriced)
            .Add(sums.CostMicro).Add(sums.CostPico).Add(sums.Duration);
        AddUsage(statement, sums.Usage);
    }

    private static string RollupSql(string table, string[] key)
    {
        string[] columns = [.. key, .. UsageColumns.RollupSums];
        // An empty text reaches SQLite as a null pointer, hence as NULL.
        var values = columns.Select((name, index) => index is > 0 && index < key.Length ? $"ifnull(?{index + 1}, '')" : $"?{index + 1}");
        var sums = UsageColumns.RollupSums.Select(name => $"{name} = {name} + excluded.{name}");
        return $"INSERT INTO {table} ({UsageColumns.List(columns)}) VALUES ({UsageColumns.List(values)}) " +
            $"ON CONFLICT DO UPDATE SET {UsageColumns.List(sums)}";
    }
}
