using Tollgate.Accounting.Directory;
using Tollgate.Accounting.Ledger;
using Tollgate.Gateway.Telemetry;

namespace Tollgate.Api;

/// <summary>
/// What an operator's probes ask: <c>/health/live</c> (the process answers), <c>/health/ready</c> (it can take calls),
/// <c>/health</c> (the same, with reasons) and <c>/metrics</c>. They tell nothing of callers, so they need no key.
/// </summary>
internal static class HealthEndpoints
{
    public static void Map(WebApplication app, UsageLedger ledger, VirtualKeyWatcher keys, MetricsPage metrics)
    {
        app.MapGet("/health/live", static () => Results.Text("live\n"));
        app.MapGet("/health/ready", () => IsReady(ledger, keys) ? Results.Text("ready\n") : Results.Text("not ready\n", statusCode: StatusCodes.Status503ServiceUnavailable));
        app.MapGet("/health", () => Report(ledger, keys));
        app.MapGet("/metrics", () => Results.Text(metrics.Write(), MetricsPage.ContentType));
    }

    private static bool IsReady(UsageLedger ledger, VirtualKeyWatcher keys) => ledger.IsWritable && !keys.IsStale;

    private static IResult Report(UsageLedger ledger, VirtualKeyWatcher keys)
    {
        var health = ledger.Health;
        var isReady = IsReady(ledger, keys);
        return Results.Json(
            new
            {
                status = isReady ? "ready" : "not_ready",
                ledger = new
                {
                    writable = health.IsWritable,
                    last_error = health.LastError,
                    queue = health.QueueLength,
                    owed = health.Owed,
                    dropped = health.Dropped,
                    booked = health.Booked,
                    wal_bytes = health.WalBytes,
                    sqlite = health.SqliteVersion,
                },
                keys = new { stale = keys.IsStale, last_error = keys.LastError },
            },
            statusCode: isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
