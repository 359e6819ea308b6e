using Microsoft.Data.Sqlite;
using Tollgate.Accounting.Time;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Stores.Sqlite;

/// <summary>
/// Reads one page of a selection, located by an index on the start, at a cost independent of the previous pages.
/// </summary>
internal static class SqliteSelectionSql
{
    private const string Position = "(started_at, call_id, attempt)";

    public static List<UsageRecord> ReadPage(SqliteConnection connection, UsageSelection selection, int count) =>
        SqliteUsageReader.ReadUsage(
            connection,
            Build(selection, count),
            [.. CreateParameters(selection), .. DimensionConditions.ToParameters(selection.Where)]
        );

    /// <summary>Builds the statement of a page.</summary>
    public static string Build(UsageSelection selection, int count)
    {
        var down = selection.Order == UsageOrder.NewestFirst;
        var direction = down ? " DESC" : "";
        var after = selection.After is null ? "" : $" AND {Position} {(down ? "<" : ">")} ($at, $call, $attempt)";
        return $"{SqliteUsageReader.SelectUsage} WHERE {StartTimeSql.From("$from")} AND "
            + $"{StartTimeSql.Before("$to")}{after}{DimensionConditions.ToSql(selection.Where)} "
            + $"ORDER BY {StartTimeSql.TextColumn}{direction}, started_at{direction}, call_id{direction}, "
            + $"attempt{direction} "
            + $"LIMIT {count}";
    }

    /// <summary>
    /// One bound at either end: with two, SQLite would seek by the first, and read again what earlier pages have read.
    /// </summary>
    private static IEnumerable<(string, object?)> CreateParameters(UsageSelection selection)
    {
        var from = selection.Period.From?.ToMicros() ?? long.MinValue;
        var to = selection.Period.To?.ToMicros() ?? long.MaxValue;
        if (selection.After is { } after)
        {
            var at = after.StartedAt.ToMicros();
            if (selection.Order == UsageOrder.OldestFirst)
                from = Math.Max(from, at);
            else
                to = Math.Min(to, at + 1);
            yield return ("$at", at);
            yield return ("$call", after.Id.Call.ToByteArray(bigEndian: true));
            yield return ("$attempt", after.Id.Attempt);
        }

        yield return ("$from", from);
        yield return ("$to", to);
    }
}
