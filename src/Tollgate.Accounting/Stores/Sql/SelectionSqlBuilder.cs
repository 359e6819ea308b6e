using Tollgate.Accounting.Usage;

namespace Tollgate.Accounting.Stores.Sql;

/// <summary>Builds the statement for one page of a selection.</summary>
internal static class SelectionSqlBuilder
{
    public static string Build(UsageSelection selection, int limit, SqlDialect dialect, SqlParameters parameters)
    {
        var (comparison, direction) = selection.Order == UsageOrder.OldestFirst ? (">", "ASC") : ("<", "DESC");
        return $"SELECT {UsageColumnSql.Join(dialect.Columns.Usage)} FROM {dialect.RecordsSource} WHERE "
            + $"{string.Join(" AND ", Conditions(selection, comparison, parameters))} "
            + $"ORDER BY started_at {direction}, call_id {direction}, attempt {direction} LIMIT "
            + $"{parameters.Number(limit)}";
    }

    private static IEnumerable<string> Conditions(UsageSelection selection, string comparison, SqlParameters parameters)
    {
        yield return "true";
        if (selection.Period.From is { } from)
            yield return $"started_at >= {parameters.Time(from)}";
        if (selection.Period.To is { } to)
            yield return $"started_at < {parameters.Time(to)}";
        // A row comparison, which the index answers with one descent.
        if (selection.After is { } after)
            yield return $"(started_at, call_id, attempt) {comparison} ({parameters.Time(after.StartedAt)}, "
                + $"{parameters.Id(after.Id.Call)}, {parameters.Number(after.Id.Attempt)})";
        foreach (var condition in selection.Where)
            yield return UsageConditions.Build(condition, parameters);
    }
}
