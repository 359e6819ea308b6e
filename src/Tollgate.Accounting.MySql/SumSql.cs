using MySql.Data.MySqlClient;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Ledger.Stores;

namespace Tollgate.Accounting.MySql;

/// <summary>
/// One statement, hence one snapshot, that sums any period exactly: whole days and slots from the kept sums, and what sticks out
/// at either end from the records themselves. What no sums are kept by is read from the records alone.
/// </summary>
internal sealed class SumSql
{
    private readonly UsageSumQuery _query;
    private readonly List<MySqlParameter> _parameters = [];

    public SumSql(UsageSumQuery query)
    {
        _query = query;
        Text = $"SELECT {UsageColumns.List([.. Groups, .. Totals])}\nFROM (\n{string.Join("\nUNION ALL\n", Parts())}\n) AS parts{GroupBy}";
    }

    public string Text { get; }

    public MySqlParameter[] Parameters => [.. _parameters];

    /// <summary>The columns by which is grouped: the slot, then the names.</summary>
    private IEnumerable<string> Groups => [.. _query.BySlot ? ["slot"] : (string[])[], .. _query.By.Select((_, index) => $"name_{index}")];

    private static IEnumerable<string> Totals => UsageColumns.Sums.Select(sum => UsageColumns.SumOf(sum, sum));

    private string GroupBy => Groups.Any() ? $" GROUP BY {UsageColumns.List(Groups)}" : "";

    private IEnumerable<string> Parts()
    {
        var cut = UsageSlot.Cut(_query.Period);
        if (!_query.IsRolledUp) return [Records(cut.HeadFrom, cut.TailTo)];
        return [.. Kept(cut), Records(cut.HeadFrom, cut.FirstSlot), Records(cut.EndSlot, cut.TailTo)];
    }

    private IEnumerable<string> Kept(SlottedPeriod cut)
    {
        if (_query.By.Count == 0 && _query.Where.Count == 0) return [Kept("usage_slots", "slot", cut.FirstSlot, cut.EndSlot)];
        if (_query.BySlot || cut.FirstDay == cut.EndDay) return [Kept("usage_rollup", "slot", cut.FirstSlot, cut.EndSlot)];
        return
        [
            Kept("usage_rollup", "slot", cut.FirstSlot, cut.FirstDay), Kept("usage_days", "day", cut.FirstDay, cut.EndDay),
            Kept("usage_rollup", "slot", cut.EndDay, cut.EndSlot),
        ];
    }

    private string Kept(string table, string time, long from, long to)
    {
        var conditions = _query.Where.Select(condition => $" AND {UsageColumns.Of(condition.Dimension)} = {Add(MySqlCommands.Text(condition.Value ?? ""))}");
        return Part(table, time, "slot", dimension => $"nullif({UsageColumns.Of(dimension)}, '')", UsageColumns.Sums, from, to, conditions);
    }

    private string Records(long from, long to)
    {
        var conditions = _query.Where.Select(condition => $" AND {UsageConditions.Of(condition, Add)}");
        return Part("usage_records", "started_at", UsageColumns.SlotOfRecord, UsageColumns.Of, UsageColumns.SumsOfRecord, from, to, conditions);
    }

    /// <summary>Summed within each part, because the server writes all rows of a union into a table of its own first, texts and all.</summary>
    private string Part(string table, string time, string slot, Func<UsageDimension, string> name, string[] sums, long from, long to, IEnumerable<string> conditions)
    {
        string[] columns =
        [
            .. _query.BySlot ? [$"{slot} AS slot"] : (string[])[],
            .. _query.By.Select((dimension, index) => $"{name(dimension)} AS name_{index}"),
            .. UsageColumns.Sums.Zip(sums, static (sum, value) => $"SUM({value}) AS {sum}"),
        ];
        return $"SELECT {UsageColumns.List(columns)} FROM {table} WHERE {time} >= {Add(MySqlCommands.Time(from))} AND {time} < {Add(MySqlCommands.Time(to))}{string.Concat(conditions)}{GroupBy}";
    }

    private string Add(MySqlParameter parameter)
    {
        _parameters.Add(parameter);
        return $"@p{_parameters.Count}";
    }
}
