using Microsoft.Data.Sqlite;

namespace Tollgate.Gateway.Bench;

/// <summary>
/// Compares the ledger with wrk's counts, using its own SQL. When wrk's time is up, it closes its connections, so each
/// run leaves up to one call per connection that wrk does not count: it was booked as complete, or as cut by its
/// caller.
/// </summary>
internal static class LedgerAudit
{
    /// <summary>
    /// 250 input tokens at $0.15 and 80 output tokens at $0.60 per million, calculated by hand, in pico-dollars.
    /// </summary>
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
        var open = Directory.EnumerateFiles(Path.Combine(folder, "gateways"), "*.open").Count();
        var isWhole =
            whole >= answered
            && records <= answered + inFlight
            && wrong + other + open == 0
            && cost == whole * CostOfOneCall;

        output.WriteLine(
            $"Ledger: wrk counted {answered:N0} responses in {runs.Length} runs, which ended with up to {inFlight:N0} "
                + $"calls in flight. "
                + $"The ledger has {records:N0} calls: {whole:N0} complete at {cost / 1e12m} USD = {whole:N0} × "
                + $"0.0000855, {records - whole:N0} cut by their callers; "
                + $"{wrong} priced wrongly, {other} failed, {open} in flight. "
                + $"{(isWhole ? "The counts match." : "The counts DO NOT MATCH.")}"
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
