using Npgsql;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Ledger.Stores;

namespace Tollgate.Accounting.PostgreSql;

/// <summary>
/// One statement, hence one snapshot, that sums any period exactly: whole days and slots from the kept sums, and what sticks out
/// at either end from the records themselves. What no sums are kept by is read from the records alone.
/// </summary>
internal sealed class SumSql
{
    private readonly UsageSumQuery _query;
    private readonly List<NpgsqlParameter> _parameters = [];

    public SumSql(UsageSumQuery query)
    {
        _query = query;
        Text = $"SELECT {UsageColumns.List([.. Groups, .. Totals])}\nFROM (\n{string.Join("\nUNION ALL\n", Parts())}\n) AS parts{GroupBy}";
    }

    public string Text { get; }

    public NpgsqlParameter[] Parameters => [.. _parameters];

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
        if (_query.By.Count == 0 && _query.Where.Count == 0) return [Kept(Source.Slots, cut.FirstSlot, cut.EndSlot)];
        if (_query.BySlot || cut.FirstDay == cut.EndDay) return [Kept(Source.Rollup, cut.FirstSlot, cut.EndSlot)];
        return [Kept(Source.Rollup, cut.FirstSlot, cut.FirstDay), Kept(Source.Days, cut.FirstDay, cut.EndDay), Kept(Source.Rollup, cut.EndDay, cut.EndSlot)];
    }

    private string Kept(Source source, long from, long to)
    {
        var conditions = _query.Where.Select(condition =>
            $"{UsageColumns.Of(condition.Dimension)} = {Add(PostgreSqlCommands.Text(condition.Value ?? ""))}");
        return Part(source, from, to, conditions);
    }

    private string Records(long from, long to) =>
        Part(Source.Records, from, to, _query.Where.Select(condition => UsageConditions.Of(condition, Add)));

    private string Part(Source source, long from, long to, IEnumerable<string> conditions)
    {
        string[] columns =
        [
            .. _query.BySlot ? [$"{source.Slot} AS slot"] : (string[])[],
            .. _query.By.Select((dimension, index) => $"{source.Name(dimension)} AS name_{index}"),
            .. UsageColumns.Sums.Zip(source.Sums, static (sum, value) => $"{value} AS {sum}"),
        ];
        var (start, end) = (Add(PostgreSqlCommands.Time(from)), Add(PostgreSqlCommands.Time(to)));
        string[] where = [$"{source.Time} >= {start}", $"{source.Time} < {end}", .. conditions];
        return $"SELECT {UsageColumns.List(columns)} FROM {source.Table} WHERE {string.Join(" AND ", where)}";
    }

    private string Add(NpgsqlParameter parameter)
    {
        _parameters.Add(parameter);
        return $"${_parameters.Count}";
    }

    /// <summary>A table with what stands in it for the time, the slot, a name and the sums.</summary>
    private sealed record Source(string Table, string Time, string Slot, Func<UsageDimension, string> Name, string[] Sums)
    {
        public static readonly Source Records = new("usage", "started_at", UsageColumns.SlotOfRecord, UsageColumns.Of, UsageColumns.SumsOfRecord);

        public static readonly Source Rollup =
            new("usage_rollup", "slot", "slot", static dimension => $"nullif({UsageColumns.Of(dimension)}, '')", UsageColumns.Sums);

        public static readonly Source Days = Rollup with { Table = "usage_days", Time = "day" };

        public static readonly Source Slots = Rollup with { Table = "usage_slots" };
    }
}
