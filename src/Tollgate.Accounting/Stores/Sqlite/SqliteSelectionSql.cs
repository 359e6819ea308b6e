using System.Globalization;
using Microsoft.Data.Sqlite;
using Tollgate.Accounting.Stores.Sql;
using Tollgate.Accounting.Time;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Stores.Sqlite;

/// <summary>
/// Reads one page of a selection. In the order of the start it is located by an index, at a cost independent of the
/// previous pages; in another order all records of the selection are read, and the first ones kept.
/// </summary>
internal static class SqliteSelectionSql
{
    public static List<UsageRecord> ReadPage(SqliteConnection connection, UsageSelection selection, int count)
    {
        var terms = new SqliteFilterTerms();
        var sql = Build(selection, count, terms);
        return SqliteUsageReader.ReadUsage(connection, sql, [.. CreateParameters(selection), .. terms.Parameters]);
    }

    /// <summary>Builds the statement of a page.</summary>
    public static string Build(UsageSelection selection, int count, SqliteFilterTerms terms)
    {
        var down = selection.Order == UsageOrder.NewestFirst;
        var direction = down ? " DESC" : "";
        var sort = UsageSortSql.GetExpression(
            selection.Sort,
            SqliteUsageColumns.Kinds,
            Literal(UsageSort.Cost, UsageSorts.NoCost)
        );
        var (key, value) = sort is null ? ("", "") : ($"{sort}, ", $"{LiteralOf(selection)}, ");
        var after = selection.After is null
            ? ""
            : $" AND ({key}started_at, call_id, attempt) {(down ? "<" : ">")} ({value}$at, $call, $attempt)";
        // The index is on the text, which is only an order of the start.
        string[] order = [sort ?? StartTimeSql.TextColumn, "started_at", "call_id", "attempt"];
        return $"{SqliteUsageReader.SelectUsage} WHERE {StartTimeSql.From("$from")} AND "
            + $"{StartTimeSql.Before("$to")}{after}{FilterSqlBuilder.BuildForRecords(selection.Where, terms)} "
            + $"ORDER BY {SqliteUsageColumns.Join(order.Select(column => column + direction))} "
            + $"LIMIT {count}";
    }

    private static string LiteralOf(UsageSelection selection) =>
        selection.After is { } after ? Literal(selection.Sort, after.Value) : "";

    /// <summary>A cost is stored in whole picodollars.</summary>
    private static string Literal(UsageSort sort, decimal value) =>
        (sort == UsageSort.Cost ? Money.Round(value).ToPico() : (long)value).ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// In the order of the start, one bound at either end: with two, SQLite would seek by the first, and read again
    /// what earlier pages have read.
    /// </summary>
    private static IEnumerable<(string, object?)> CreateParameters(UsageSelection selection)
    {
        var from = selection.Period.From?.ToMicros() ?? long.MinValue;
        var to = selection.Period.To?.ToMicros() ?? long.MaxValue;
        if (selection.After is { } after)
        {
            var at = after.StartedAt.ToMicros();
            if (selection.Sort == UsageSort.Start && selection.Order == UsageOrder.OldestFirst)
                from = Math.Max(from, at);
            else if (selection.Sort == UsageSort.Start)
                to = Math.Min(to, at + 1);
            yield return ("$at", at);
            yield return ("$call", after.Id.Call.ToByteArray(bigEndian: true));
            yield return ("$attempt", after.Id.Attempt);
        }

        yield return ("$from", from);
        yield return ("$to", to);
    }
}
