namespace Tollgate.Accounting.Stores.Sql;

/// <summary>
/// The statements that compare one kind of rollup with its source, and add the difference. Each is one snapshot.
/// Concurrent writes add the same to both sides, so the difference stays the same.
/// </summary>
public sealed class RollupCheckSql
{
    private readonly RollupTable _rollup;
    private readonly RollupSqlTerms _terms;
    private readonly string _wrong;

    /// <summary>Creates the statements for a table, in its database's terms.</summary>
    public RollupCheckSql(RollupTable kept, RollupSqlTerms terms)
    {
        (_rollup, _terms) = (kept, terms);
        var (key, sums, negative) = (
            UsageColumnSql.Join([kept.Time, .. kept.Names]),
            UsageColumnSql.Join(terms.Sums),
            UsageColumnSql.Join(terms.Sums.Select(static sum => $"-{sum}"))
        );
        var summed = UsageColumnSql.Join(terms.Sums.Select(sum => $"{terms.Total(sum)} AS {sum}"));
        // A slot with fewer records than calls was purged; its sums are all that is left of it.
        var whole = kept.IsFromRecords ? $"{kept.Time} IN (SELECT {kept.Time} FROM whole)" : "true";
        _wrong = $"""
            WITH should AS (SELECT {key}, {summed} FROM ({kept.Source}) AS source GROUP BY {key}),
                 whole AS (
                     SELECT {kept.Time}
                     FROM (SELECT {kept.Time}, sum(calls) AS calls FROM should GROUP BY {kept.Time}) AS booked
                     WHERE calls >= (
                         SELECT coalesce(sum(calls), 0) FROM {kept.Table} AS kept
                         WHERE kept.{kept.Time} = booked.{kept.Time})),
                 both_sides AS (SELECT {key}, {sums} FROM should UNION ALL SELECT {key}, {negative} FROM {kept.Table}),
                 wrong AS (
                     SELECT * FROM (SELECT {key}, {summed} FROM both_sides WHERE {whole} GROUP BY {key}) AS difference
                     WHERE {terms.IsWrong})

            """;
    }

    /// <summary>The kind.</summary>
    public RollupKind Kind => _rollup.Kind;

    /// <summary>
    /// Returns one row: the number of differences, the first and the last time, the missing calls and cost, the
    /// difference of each column, and the number of slots that cannot be verified.
    /// </summary>
    public string Check
    {
        get
        {
            IEnumerable<string> lacking =
            [
                "calls",
                .. _terms.Sums.Where(static sum => sum.StartsWith("cost", StringComparison.Ordinal)),
            ];
            var unknown = _rollup.IsFromRecords
                ? $"(SELECT count(DISTINCT {_rollup.Time}) FROM {_rollup.Table} WHERE {_rollup.Time} NOT IN (SELECT "
                    + $"{_rollup.Time} FROM whole))"
                : "0";
            return $"{_wrong}SELECT count(*), min({_rollup.Time}), max({_rollup.Time}), "
                + $"{UsageColumnSql.Join(lacking.Select(_terms.Total))}, {unknown} FROM wrong";
        }
    }

    /// <summary>Adds the differences.</summary>
    public string Repair => _terms.Add(_rollup, _wrong);

    /// <summary>Removes rows that are zero afterwards.</summary>
    public string Clean =>
        $"DELETE FROM {_rollup.Table} WHERE {string.Join(" AND ", _terms.Sums.Select(static sum => $"{sum} = 0"))}";
}
