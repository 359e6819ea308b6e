using Tollgate.Accounting.Alerts.Buffering;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Transcripts.Writing;
using Tollgate.Gateway.Requests;
using Names = Tollgate.Gateway.Telemetry.TelemetryNames;

namespace Tollgate.Gateway.Telemetry;

/// <summary>The page served at <c>/metrics</c>.</summary>
public sealed class MetricsPage(
    GatewayTelemetry telemetry,
    UsageLedger ledger,
    RequestMemoryBudget memory,
    TranscriptLog? transcripts = null
)
{
    /// <summary>The media type of the page.</summary>
    public const string ContentType = PrometheusText.ContentType;

    /// <summary>Writes the current values of all series.</summary>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task<string> WriteAsync(CancellationToken cancellationToken = default)
    {
        var health = await ledger.ReadHealthAsync(cancellationToken);
        var text = new PrometheusText();
        var calls = telemetry
            .Calls.OrderBy(pair => pair.Key.ToString(), StringComparer.Ordinal)
            .Select(pair => (Labels: FormatLabels(pair.Key), pair.Value))
            .ToList();
        WriteTokens(text, calls);
        WriteDurations(text, calls);
        WriteMoney(text, calls);
        WriteState(text, health);
        return text.ToString();
    }

    private static void WriteTokens(PrometheusText text, List<(string Labels, CallSeries Series)> calls)
    {
        var name = text.Begin(Names.Metrics.TokenUsage, "", "histogram", "Tokens of a call, by type.");
        foreach (var (labels, series) in calls)
        {
            text.Samples(
                name,
                $"{labels},{PrometheusText.Label(Names.Attributes.TokenType, "input")}",
                series.InputTokens
            );
            text.Samples(
                name,
                $"{labels},{PrometheusText.Label(Names.Attributes.TokenType, "output")}",
                series.OutputTokens
            );
        }
    }

    private static void WriteDurations(PrometheusText text, List<(string Labels, CallSeries Series)> calls)
    {
        Write(
            Names.Metrics.OperationDuration,
            "Duration of a call, retries included.",
            series => series.OperationDuration
        );
        Write(
            Names.Metrics.RequestDuration,
            "Duration of one attempt at the provider.",
            series => series.RequestDuration
        );
        Write(
            Names.Metrics.TimeToFirstToken,
            "Time to the first byte of a streamed response.",
            series => series.TimeToFirstToken
        );
        Write(Names.Metrics.TimePerOutputToken, "Time between output tokens.", series => series.TimePerOutputToken);

        void Write(string metric, string help, Func<CallSeries, Histogram> histogram)
        {
            var name = text.Begin(metric, "_seconds", "histogram", help);
            foreach (var (labels, series) in calls)
                text.Samples(name, labels, histogram(series));
        }
    }

    private static void WriteMoney(PrometheusText text, List<(string Labels, CallSeries Series)> calls)
    {
        var cost = text.Begin(Names.Metrics.Cost, "_usd_total", "counter", "Money spent since the gateway started.");
        foreach (var (labels, series) in calls)
            text.Sample(cost, labels, series.CostUsd);
        var unpriced = text.Begin(Names.Metrics.UnpricedCalls, "_total", "counter", "Calls without a known price.");
        foreach (var (labels, series) in calls)
            text.Sample(unpriced, labels, series.Unpriced);
        var estimated = text.Begin(
            Names.Metrics.EstimatedCalls,
            "_total",
            "counter",
            "Calls whose usage is estimated."
        );
        foreach (var (labels, series) in calls)
            text.Sample(estimated, labels, series.Estimated);
    }

    private void WriteState(PrometheusText text, LedgerHealth health)
    {
        var denials = text.Begin(Names.Metrics.Denials, "_total", "counter", "Calls that the gateway denied.");
        foreach (var (code, count) in telemetry.Denials.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            text.Sample(denials, PrometheusText.Label(Names.Attributes.ErrorType, code), count);

        text.Sample(text.Begin(Names.Metrics.CallsInFlight, "", "gauge", "Calls in flight."), "", telemetry.InFlight);
        text.Sample(
            text.Begin(Names.Metrics.RequestMemory, "_bytes", "gauge", "Bytes of request bodies held."),
            "",
            memory.Used
        );
        text.Sample(
            text.Begin(Names.Metrics.LedgerQueue, "", "gauge", "Writes queued for the ledger."),
            "",
            health.QueueLength
        );
        text.Sample(
            text.Begin(Names.Metrics.LedgerWritable, "", "gauge", "1 if the ledger can be written, otherwise 0."),
            "",
            health.IsWritable ? 1 : 0
        );
        text.Sample(
            text.Begin(Names.Metrics.LedgerWal, "_bytes", "gauge", "Size of the write-ahead log."),
            "",
            health.WalBytes
        );
        if (health.Backlog is { } backlog)
            text.Sample(
                text.Begin(Names.Metrics.LedgerBacklog, "", "gauge", "Records on their way to the database server."),
                "",
                backlog
            );
        if (health.Quarantined is { } quarantined)
            text.Sample(
                text.Begin(
                    Names.Metrics.LedgerQuarantined,
                    "",
                    "gauge",
                    "Records that the database server rejected, in quarantine."
                ),
                "",
                quarantined
            );
        if (transcripts is not null)
            WriteTranscripts(text, transcripts.Health);
        WriteAlerts(text, ledger.Alerts.Metrics);
    }

    private static void WriteAlerts(PrometheusText text, AlertMetrics tally)
    {
        text.Sample(text.Begin(Names.Metrics.AlertsSent, "_total", "counter", "Alert messages sent."), "", tally.Sent);
        text.Sample(
            text.Begin(Names.Metrics.AlertsFailed, "_total", "counter", "Failed attempts to send an alert message."),
            "",
            tally.Failed
        );
        text.Sample(
            text.Begin(Names.Metrics.AlertsPending, "", "gauge", "Alert messages waiting to be sent."),
            "",
            tally.Counts.Due
        );
        text.Sample(
            text.Begin(Names.Metrics.AlertsAbandoned, "", "gauge", "Alert messages abandoned."),
            "",
            tally.Counts.Abandoned
        );
    }

    private static void WriteTranscripts(PrometheusText text, TranscriptHealth health)
    {
        text.Sample(
            text.Begin(
                Names.Metrics.TranscriptsAvailable,
                "",
                "gauge",
                "1 if the transcript log can be written, otherwise 0."
            ),
            "",
            health.IsAvailable ? 1 : 0
        );
        text.Sample(
            text.Begin(
                Names.Metrics.TranscriptsQueue,
                "_bytes",
                "gauge",
                "Size of the data queued for the transcript log."
            ),
            "",
            health.QueueBytes
        );
        text.Sample(
            text.Begin(
                Names.Metrics.TranscriptsDropped,
                "_total",
                "counter",
                "Rows of the transcript log that were dropped."
            ),
            "",
            health.Dropped
        );
    }

    private static string FormatLabels(CallLabels labels) =>
        string.Join(
            ',',
            PrometheusText.Label(Names.Attributes.OperationName, labels.Operation),
            PrometheusText.Label(Names.Attributes.ProviderName, labels.Provider),
            PrometheusText.Label(Names.Attributes.RequestModel, labels.Model),
            PrometheusText.Label(Names.Attributes.ErrorType, labels.Error)
        );
}
