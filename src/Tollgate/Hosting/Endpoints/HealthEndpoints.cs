using Tollgate.Accounting.Alerts.Buffering;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Transcripts;
using Tollgate.Accounting.Transcripts.Writing;

namespace Tollgate.Hosting.Endpoints;

/// <summary>
/// Endpoints for probes: <c>/health/live</c> (the process responds), <c>/health/ready</c> (it can accept calls), and
/// <c>/health</c> (the same, with reasons). They reveal nothing about callers, so they need no credential.
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

    private static bool IsReady(UsageLedger ledger, RegistryWatcher registry, TranscriptLog? transcripts) =>
        ledger.IsWritable
        && !registry.IsStale
        && (transcripts is null || transcripts.IsAvailable || !Refuses(transcripts));

    /// <summary>True if calls are refused while transcripts cannot be written.</summary>
    private static bool Refuses(TranscriptLog transcripts) =>
        transcripts.Options is { Capture: not TranscriptCapture.Off, WhenUnavailable: TranscriptOutagePolicy.Refuse };

    private static IResult Report(
        LedgerHealth health,
        UsageLedger ledger,
        RegistryWatcher registry,
        TranscriptLog? transcripts,
        LimitHealth limits
    )
    {
        var isReady = IsReady(ledger, registry, transcripts);
        var report = new HealthReport(
            isReady ? "ready" : "not_ready",
            Report(health),
            transcripts is null ? null : Report(transcripts.Health),
            limits,
            Report(ledger.Alerts.Metrics),
            Report(registry.Health)
        );
        return Results.Json(
            report,
            EndpointJson.Default.HealthReport,
            statusCode: isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable
        );
    }

    private static LedgerReport Report(LedgerHealth health) =>
        new()
        {
            Writable = health.IsWritable,
            LastFailureAt = health.LastFailureAt,
            Queue = health.QueueLength,
            Owed = health.PendingRecords,
            Dropped = health.Dropped,
            Booked = health.Booked,
            WalBytes = health.WalBytes,
            Sqlite = health.SqliteVersion,
            Server = health.Backlog is null
                ? null
                : new ServerReport(health.StoreReachable, health.Backlog, health.Quarantined, health.StoreFailedAt),
        };

    private static KeyReport Report(RegistryHealth health) =>
        new(health.IsStale, health.ConfirmedAt, health.FailedReads, health.LastFailureAt);

    private static AlertReport Report(AlertMetrics metrics)
    {
        var counts = metrics.Counts;
        return new AlertReport
        {
            Channels = metrics.Channels,
            Sent = metrics.Sent,
            FailedAttempts = metrics.Failed,
            Due = counts.Due,
            Failing = counts.Failing,
            Abandoned = counts.Abandoned,
            OldestDue = counts.OldestDue,
            StoreFailingSince = metrics.StoreFailingSince,
        };
    }

    private static TranscriptReport Report(TranscriptHealth health) =>
        new()
        {
            Available = health.IsAvailable,
            LastFailureAt = health.LastFailureAt,
            Queue = health.QueueLength,
            QueueBytes = health.QueueBytes,
            Written = health.Written,
            Dropped = health.Dropped,
        };
}
