using Microsoft.Data.Sqlite;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Ledger.Stores.Sqlite;

/// <summary>One page of a selection, found by the index on the start and by nothing that grows with the pages before.</summary>
internal static class SelectionSql
{
    private const string Position = "(started_at, call_id, attempt)";

    public static List<UsageRecord> Page(SqliteConnection connection, UsageSelection selection, int count)
    {
        var down = selection.Order == UsageOrder.NewestFirst;
        var direction = down ? " DESC" : "";
        var after = selection.After is null ? "" : $" AND started_at {(down ? "<=" : ">=")} $at AND {Position} {(down ? "<" : ">")} ($at, $call, $attempt)";
        return UsageReader.ReadUsage(
            connection,
            $"{UsageReader.SelectUsage} WHERE started_at >= $from AND started_at < $to{after}{Conditions.Sql(selection.Where)} " +
            $"ORDER BY started_at{direction}, call_id{direction}, attempt{direction} LIMIT {count}",
            [.. Parameters(selection), .. Conditions.Parameters(selection.Where)]);
    }

    private static IEnumerable<(string, object?)> Parameters(UsageSelection selection)
    {
        yield return ("$from", selection.Period.From?.ToMicros() ?? long.MinValue);
        yield return ("$to", selection.Period.To?.ToMicros() ?? long.MaxValue);
        if (selection.After is not { } after) yield break;
        yield return ("$at", after.StartedAt.ToMicros());
        yield return ("$call", after.Id.Call.ToByteArray(bigEndian: true));
        yield return ("$attempt", after.Id.Attempt);
    }
}
