using Microsoft.Data.Sqlite;

namespace Tollgate.Gateway.Bench;

/// <summary>
/// Holds the ledger against what wrk counted, by SQL of its own. When wrk's time is over it closes its connections, so
/// each run leaves up to one call a connection that wrk does not count: it was booked whole, or as cut by its caller.
/// </summary>
internal static class LedgerAudit
{
    /// <summary>250 input tokens at $0.15 and 80 output tokens at $0.60 a million, by hand, in pico-dollars.</summary>
    private const long CostOfOneCall = 85_500_000;

    public static bool Write(TextWriter output, string folder, Measurements run)
    {
        var runs = run.WarmUps.Concat(run.Samples).Where(static sample => sample.Peer.Name == Peer.Tollgate).ToArray();
        var answered = runs.Sum(static sample => sample.Result.Good);
        var inFlight = runs.Sum(static sample => (long)sample.Scenario.Connections);

        using var ledger = new SqliteConnection($"Data Source={Path.Combine(folder, "tollgate.db")};Mode=ReadOnly");
        ledger.Open();
        var records = Ask(ledger, "SELECT count(*) FROM usage");
        var whole = Ask(ledger, "SELECT count(*) FROM usage WHERE outcome = 0 AND usage_source = 0");
        var wrong = Ask(
            ledger,
            $"SELECT count(*) FROM usage WHERE outcome = 0 AND (cost IS NOT {CostOfOneCall} OR usage_source <> 0)"
        );
        var other = Ask(ledger, "SELECT count(*) FROM usage WHERE outcome NOT IN (0, 5)");
        var cost = Ask(ledger, "SELECT sum(cost) FROM usage WHERE outcome = 0");
        var open = Directory.EnumerateFiles(Path.Combine(folder, "gates"), "*.open").Count();
        var isWhole =
            whole >= answered
            && records <= answered + inFlight
            && wrong + other + open == 0
            && cost == whole * CostOfOneCall;

        output.WriteLine(
            $"Ledger: wrk counted {answered:N0} answers in {runs.Length} runs, which ended with up to {inFlight:N0} "
                + $"calls in flight. "
                + $"Booked are {records:N0} calls: {whole:N0} whole at {cost / 1e12m} USD = {whole:N0} × 0.0000855, "
                + $"{records - whole:N0} cut by their callers' leaving; "
                + $"{wrong} priced wrongly, {other} failed, {open} open. {(isWhole ? "It agrees." : "It DISAGREES.")}"
        );
        output.WriteLine();
        return isWhole;
    }

    private static long Ask(SqliteConnection ledger, string sql)
    {
        using var command = ledger.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() is long number ? number : 0;
    }
}
