using Tollgate.Accounting.Time;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Stores.Sqlite.Writing;

/// <summary>
/// Maintains the rollups in the transaction that writes the records: by slot at once; by day, over all names, and by
/// blocks when a slot has ended, since otherwise every commit would write them for the current slot. For the writer's
/// thread only.
/// </summary>
internal sealed class SqliteRollups : IDisposable
{
    private static readonly string Sums = SqliteUsageColumns.Join(SqliteUsageColumns.RollupSums);

    private static readonly string SummedUp = SqliteUsageColumns.Join(
        SqliteUsageColumns.RollupSums.Select(static name => $"sum({name})")
    );

    private static readonly string Names = SqliteUsageColumns.Join(SqliteUsageColumns.RollupKey.Skip(1));

    /// <summary>
    /// The day (UTC) of a slot. Modulo takes the sign of the dividend, and times before 1970 are negative.
    /// </summary>
    public static readonly string DayOfSlot =
        $"slot - ((slot % {RollupKey.DayMicros}) + {RollupKey.DayMicros}) % {RollupKey.DayMicros}";

    private readonly SqliteStatement _addToNamedSlot,
        _addToDay,
        _addToSlot,
        _addToBlock,
        _foldBlocks,
        _foldDays,
        _foldSlots,
        _readFolded,
        _setFolded;
    private readonly RollupBatch _batch = new();
    private readonly TimeProvider _clock;

    public SqliteRollups(SqliteDatabase database, TimeProvider clock)
    {
        _clock = clock;
        _addToNamedSlot = database.Prepare("add to a rollup", AddSql("usage_rollup", SqliteUsageColumns.RollupKey));
        _addToDay = database.Prepare("add to a day", AddSql("usage_days", SqliteUsageColumns.RollupKey));
        _addToSlot = database.Prepare("add to a slot", AddSql("usage_slots", ["slot"]));
        _addToBlock = database.Prepare("add to a block", AddSql(SqliteBlocks.Table, SqliteBlocks.Key));
        _foldBlocks = database.Prepare("fold into blocks", SqliteBlocks.Fold);
        _foldDays = database.Prepare(
            "fold into days",
            FoldSql("usage_days", $"{DayOfSlot}, {Names}", [.. SqliteUsageColumns.RollupKey])
        );
        _foldSlots = database.Prepare("fold into slots", FoldSql("usage_slots", "slot", ["slot"]));
        _readFolded = database.Prepare("read the fold", "SELECT value FROM ledger_state WHERE name = 'folded_until'");
        _setFolded = database.Prepare("set the fold", "UPDATE ledger_state SET value = ?1 WHERE name = 'folded_until'");
    }

    /// <summary>Discards what a transaction that was not committed would have added.</summary>
    public void Clear() => _batch.Clear();

    /// <summary>Adds a record written in this transaction.</summary>
    public void Add(UsageRecord record) => _batch.Add(record);

    /// <summary>Writes the changes of the transaction.</summary>
    public void Write()
    {
        if (_batch.IsEmpty)
            return;
        var folded = _readFolded.Restart().ReadNumber();
        foreach (var key in _batch.SortedKeys())
            AddTo(_addToNamedSlot, key, _batch[key]);
        AddLate(folded);
        var now = RollupKey.FloorToSlot(_clock.GetUtcNow().ToMicros());
        if (now > folded)
            Fold(folded, now);
    }

    public void Dispose()
    {
        foreach (
            var statement in (SqliteStatement?[])
                [
                    _addToNamedSlot,
                    _addToDay,
                    _addToSlot,
                    _addToBlock,
                    _foldBlocks,
                    _foldDays,
                    _foldSlots,
                    _readFolded,
                    _setFolded,
                ]
        )
            statement?.Dispose();
    }

    /// <summary>Adds records to slots that were already folded: imports, late responses.</summary>
    private void AddLate(long folded)
    {
        foreach (var (key, sums) in _batch.GetDays(folded))
            AddTo(_addToDay, key, sums);
        foreach (var (slot, sums) in _batch.GetSlots(folded))
        {
            _addToSlot.Restart().Add(slot);
            AddSums(_addToSlot, sums);
            _addToSlot.Run();
        }

        foreach (var (block, sums) in _batch.GetBlocks(folded))
        {
            _addToBlock.Restart().Add(block.Dimension).Add(block.Hours).Add(block.Slot).Add(block.Name);
            AddSums(_addToBlock, sums);
            _addToBlock.Run();
        }
    }

    private void Fold(long from, long to)
    {
        _foldDays.Restart().Add(from).Add(to).Run();
        _foldSlots.Restart().Add(from).Add(to).Run();
        _foldBlocks.Restart().Add(from).Add(to).Run();
        _setFolded.Restart().Add(to).Run();
    }

    private static void AddTo(SqliteStatement statement, in RollupKey key, in RollupSums sums)
    {
        statement.Restart().Add(key.Slot).Add(key.Key).Add(key.Model).Add(key.Provider).Add(key.User).Add(key.Project);
        AddSums(statement, sums);
        statement.Run();
    }

    private static void AddSums(SqliteStatement statement, in RollupSums sums)
    {
        statement
            .Add(sums.Calls)
            .Add(sums.Errors)
            .Add(sums.Estimated)
            .Add(sums.Unpriced)
            .Add(sums.CostMicro)
            .Add(sums.CostPico)
            .Add(sums.Duration);
        for (var kind = 0; kind < TokenUsage.KindCount; kind++)
            statement.Add(sums.Usage[(UsageKind)kind]);
    }

    private static string AddSql(string table, string[] key)
    {
        string[] columns = [.. key, .. SqliteUsageColumns.RollupSums];
        // An empty text reaches SQLite as a null pointer, and so as NULL.
        var values = columns.Select(
            (name, index) => index is > 0 && index < key.Length ? $"ifnull(?{index + 1}, '')" : $"?{index + 1}"
        );
        return $"INSERT INTO {table} ({SqliteUsageColumns.Join(columns)}) VALUES ({SqliteUsageColumns.Join(values)}) "
            + $"{OnConflictAdd}";
    }

    private static string FoldSql(string table, string group, string[] key) =>
        $"INSERT INTO {table} ({SqliteUsageColumns.Join(key)}, {Sums}) SELECT {group}, {SummedUp} FROM usage_rollup "
        + $"WHERE slot >= ?1 AND slot < ?2 GROUP BY {group} {OnConflictAdd}";

    /// <summary>The addition to an existing row on insert.</summary>
    public static string OnConflictAdd =>
        "ON CONFLICT DO UPDATE SET "
        + SqliteUsageColumns.Join(
            SqliteUsageColumns.RollupSums.Select(static name => $"{name} = {name} + excluded.{name}")
        );
}
