using System.Globalization;
using Tollgate.Accounting.Usage;

namespace Tollgate.Accounting.Stores.Sql;

/// <summary>Builds the statement for one page of a selection.</summary>
internal static class SelectionSqlBuilder
{
    public static string Build(UsageSelection selection, int limit, SqlDialect dialect, SqlParameters parameters)
    {
        var (comparison, direction) = selection.Order == UsageOrder.OldestFirst ? (">", "ASC") : ("<", "DESC");
        var sort = UsageSortSql.GetExpression(selection.Sort, dialect.Columns.Kinds, Literal(UsageSorts.NoCost));
        string[] key = [.. sort is null ? (string[])[] : [sort], "started_at", "call_id", "attempt"];
        return $"SELECT {UsageColumnSql.Join(dialect.Columns.Usage)} FROM {dialect.RecordsSource} WHERE "
            + $"{BuildConditions(selection, key, comparison, parameters)}"
            + $"{FilterSqlBuilder.BuildForRecords(selection.Where, new ServerFilterTerms(dialect, parameters))} "
            + $"ORDER BY {UsageColumnSql.Join(key.Select(column => $"{column} {direction}"))} LIMIT "
            + $"{parameters.Number(limit)}";
    }

    private static string BuildConditions(
        UsageSelection selection,
        string[] key,
        string comparison,
        SqlParameters parameters
    )
    {
        var conditions = new List<string> { "true" };
        if (selection.Period.From is { } from)
            conditions.Add($"started_at >= {parameters.Time(from)}");
        if (selection.Period.To is { } to)
            conditions.Add($"started_at < {parameters.Time(to)}");
        // A row comparison, which the index on the start answers with one descent.
        if (selection.After is { } after)
        {
            var value = selection.Sort == UsageSort.Start ? "" : $"{Literal(after.Value)}, ";
            conditions.Add(
                $"({UsageColumnSql.Join(key)}) {comparison} ({value}{parameters.Time(after.StartedAt)}, "
                    + $"{parameters.Id(after.Id.Call)}, {parameters.Number(after.Id.Attempt)})"
            );
        }

        return string.Join(" AND ", conditions);
    }

    private static string Literal(decimal value) => value.ToString(CultureInfo.InvariantCulture);
}
