using Tollgate.Accounting.Alerts.Buffering;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Transcripts;
using Tollgate.Accounting.Transcripts.Writing;
using Tollgate.Gateway.Access;
using Tollgate.Gateway.Telemetry;

namespace Tollgate.Api;

/// <summary>
/// Endpoints for probes: <c>/health/live</c> (the process responds), <c>/health/ready</c> (it can accept calls),
/// <c>/health</c> (the same, with reasons) and <c>/metrics</c>. Health reveals nothing about callers, so it needs no
/// key;
/// metrics reveal spending, so they do, unless configured otherwise.
/// </summary>
internal static class HealthEndpoints
{
    public static void Map(
        WebApplication app,
        UsageLedger ledger,
        RegistryWatcher registry,
        TranscriptLog? transcripts,
        Func<LimitHealth> limits
    )
    {
        app.MapGet("/health/live", static () => Results.Text("live\n"));
        app.MapGet(
            "/health/ready",
            () =>
                IsReady(ledger, registry, transcripts)
                    ? Results.Text("ready\n")
                    : Results.Text("not ready\n", statusCode: StatusCodes.Status503ServiceUnavailable)
        );
        app.MapGet(
            "/health",
            async (CancellationToken cancellationToken) =>
                Report(await ledger.ReadHealthAsync(cancellationToken), ledger, registry, transcripts, limits())
        );
    }

    /// <summary>Maps <c>/metrics</c>; without authentication if <paramref name="access"/> is null.</summary>
    public static void MapMetrics(WebApplication app, MetricsPage metrics, ReadAccess? access) =>
        app.MapGet(
            "/metrics",
            async (HttpContext http) =>
                access?.Authorize(http).Refusal
                ?? Results.Text(await metrics.WriteAsync(http.RequestAborted), MetricsPage.ContentType)
        );

    private static bool IsReady(UsageLedger ledger, RegistryWatcher registry, TranscriptLog? transcripts) =>
        ledger.IsWritable
        && !registry.IsStale
        && transcripts
            is not
            {
                IsAvailable: false,
                Options: { Capture: not TranscriptCapture.Off, WhenUnavailable: TranscriptOutagePolicy.Refuse }
            };

    private static IResult Report(
        LedgerHealth health,
        UsageLedger ledger,
        RegistryWatcher registry,
        TranscriptLog? transcripts,
        LimitHealth limits
    )
    {
        var isReady = IsReady(ledger, registry, transcripts);
        return Results.Json(
            new
            {
                status = isReady ? "ready" : "not_ready",
                ledger = new
                {
                    writable = health.IsWritable,
                    last_failure_at = health.LastFailureAt,
                    queue = health.QueueLength,
                    owed = health.PendingRecords,
                    dropped = health.Dropped,
                    booked = health.Booked,
                    wal_bytes = health.WalBytes,
                    sqlite = health.SqliteVersion,
                    server = health.Backlog is null
                        ? null
                        : new
                        {
                            reachable = health.StoreReachable,
                            backlog = health.Backlog,
                            quarantined = health.Quarantined,
                            last_failure_at = health.StoreFailedAt,
                        },
                },
                transcripts = transcripts is null ? null : Report(transcripts),
                limits = new
                {
                    count = limits.Count,
                    store_reachable = limits.IsStoreReachable,
                    store_failed_at = limits.StoreFailedAt,
                    suspended = limits.Suspended,
                    unreadable = limits.Unreadable,
                },
                alerts = Report(ledger.Alerts.Metrics),
                keys = Report(registry.Health),
            },
            statusCode: isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable
        );
    }

    private static object Report(RegistryHealth registry) =>
        new
        {
            stale = registry.IsStale,
            confirmed_at = registry.ConfirmedAt,
            failed_reads = registry.FailedReads,
            last_failure_at = registry.LastFailureAt,
        };

    /// <summary>Omits recipients and server messages, because health is public.</summary>
    private static object Report(AlertMetrics tally)
    {
        var counts = tally.Counts;
        return new
        {
            channels = tally.Channels,
            sent = tally.Sent,
            failed_attempts = tally.Failed,
            due = counts.Due,
            failing = counts.Failing,
            abandoned = counts.Abandoned,
            oldest_due = counts.OldestDue,
            store_failing_since = tally.StoreFailingSince,
        };
    }

    private static object Report(TranscriptLog transcripts)
    {
        var health = transcripts.Health;
        return new
        {
            available = health.IsAvailable,
            last_failure_at = health.LastFailureAt,
            queue = health.QueueLength,
            queue_bytes = health.QueueBytes,
            written = health.Written,
            dropped = health.Dropped,
        };
    }
}
