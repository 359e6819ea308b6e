using Tollgate.Accounting.Ledger.Stores;

namespace Tollgate.Accounting.PostgreSql;

/// <summary>
/// The statements that compare one kind of kept sum with what it is made of, and add the difference. Each is one snapshot. What
/// others book meanwhile adds the same to both sides, so the difference stays what it was.
/// </summary>
internal sealed class SumCheckSql
{
    private static readonly string IsWrong = string.Join(" OR ", UsageColumns.Sums.Select(static sum => $"{sum} <> 0"));

    /// <summary>All kinds, those first of which others are made.</summary>
    public static readonly SumCheckSql[] All =
    [
        new(KeptSums.SlotsOfNames, "usage_rollup", "slot", withNames: true, OfRecords, onlyWithRecords: true),
        new(KeptSums.DaysOfNames, "usage_days", "day", withNames: true, OfRollup($"{UsageColumns.DayOf("slot")} AS day")),
        new(KeptSums.Slots, "usage_slots", "slot", withNames: false, OfRollup("slot")),
    ];

    private readonly string _table, _time, _wrong;
    private readonly string[] _names;
    private readonly bool _onlyWithRecords;

    private SumCheckSql(KeptSums kind, string table, string time, bool withNames, string source, bool onlyWithRecords = false)
    {
        (Kind, _table, _time, _names, _onlyWithRecords) = (kind, table, time, withNames ? UsageColumns.RollupNames : [], onlyWithRecords);
        var (key, sums) = (UsageColumns.List([time, .. _names]), UsageColumns.List(UsageColumns.Sums));
        var negative = UsageColumns.List(UsageColumns.Sums.Select(static sum => $"-{sum}"));
        var summed = UsageColumns.List(UsageColumns.Sums.Select(static sum => $"{UsageColumns.SumOf(sum, sum)} AS {sum}"));
        // A slot with fewer records than calls was purged. Its sums are all that is left of it.
        var whole = onlyWithRecords ? "slot IN (SELECT slot FROM whole)" : "true";
        _wrong =
            $"""
            WITH should AS (SELECT {key}, {summed} FROM ({source}) AS source GROUP BY {key}),
                 whole AS (
                     SELECT {time} FROM (SELECT {time}, sum(calls) AS calls FROM should GROUP BY {time}) AS booked
                     WHERE calls >= (SELECT coalesce(sum(calls), 0) FROM {table} AS kept WHERE kept.{time} = booked.{time})),
                 both_sides AS (SELECT {key}, {sums} FROM should UNION ALL SELECT {key}, {negative} FROM {table}),
                 wrong AS (SELECT * FROM (SELECT {key}, {summed} FROM both_sides WHERE {whole} GROUP BY {key}) AS difference WHERE {IsWrong})

            """;
    }

    public KeptSums Kind { get; }

    /// <summary>One row: how many are wrong, the first and the last time, the calls and the cost that they lack, and the slots that are unknown.</summary>
    public string Check => _wrong +
        $"SELECT count(*), min({_time}), max({_time}), coalesce(sum(calls), 0)::bigint, coalesce(sum(cost), 0), " +
        (_onlyWithRecords ? $"(SELECT count(DISTINCT {_time}) FROM {_table} WHERE {_time} NOT IN (SELECT {_time} FROM whole)) FROM wrong" : "0::bigint FROM wrong");

    /// <summary>Adds what is missing, in the order in which booking takes rows.</summary>
    public string Repair
    {
        get
        {
            var hash = _names.Length > 0 ? $", {BookSql.NamesHash} AS names_hash" : "";
            string[] key = _names.Length > 0 ? [_time, "names_hash"] : [_time];
            string[] columns = [.. key, .. _names, .. UsageColumns.Sums];
            return $"{_wrong}INSERT INTO {_table} AS kept ({UsageColumns.List(columns)}) SELECT {UsageColumns.List(columns)} FROM (SELECT *{hash} FROM wrong) AS named " +
                $"ORDER BY {UsageColumns.List(key)} ON CONFLICT ({UsageColumns.List(key)}) DO UPDATE SET {BookSql.Added}";
        }
    }

    /// <summary>Removes what is nothing after that.</summary>
    public string Clean => $"DELETE FROM {_table} WHERE {string.Join(" AND ", UsageColumns.Sums.Select(static sum => $"{sum} = 0"))}";

    private static string OfRecords =>
        $"SELECT {UsageColumns.SlotOfRecord} AS slot, {UsageColumns.List(UsageColumns.RollupNames.Select(static name => $"coalesce({name}, '') AS {name}"))}, " +
        $"{UsageColumns.List(UsageColumns.Sums.Zip(UsageColumns.SumsOfRecord, static (sum, value) => $"{value} AS {sum}"))} FROM usage";

    private static string OfRollup(string time) => $"SELECT {UsageColumns.List([time, .. UsageColumns.RollupNames, .. UsageColumns.Sums])} FROM usage_rollup";
}
