using System.Diagnostics;
using System.Diagnostics.Metrics;
using Tollgate.Metering.Usage;

namespace Tollgate.Gateway.Telemetry;

/// <summary>
/// The same metrics as .NET instruments, for an OpenTelemetry exporter. They cost nothing while there is no listener.
/// </summary>
internal sealed class OpenTelemetryInstruments
{
    private static readonly Meter Meter = new(TelemetryNames.Source);

    private readonly Histogram<long> _tokens = Meter.CreateHistogram<long>(
        TelemetryNames.Metrics.TokenUsage,
        "{token}",
        "Tokens of a call, by type."
    );
    private readonly Histogram<double> _operation = Meter.CreateHistogram<double>(
        TelemetryNames.Metrics.OperationDuration,
        "s",
        "Duration of a call, retries included."
    );
    private readonly Histogram<double> _request = Meter.CreateHistogram<double>(
        TelemetryNames.Metrics.RequestDuration,
        "s",
        "Duration of an attempt."
    );
    private readonly Histogram<double> _firstToken = Meter.CreateHistogram<double>(
        TelemetryNames.Metrics.TimeToFirstToken,
        "s",
        "Time to the first byte of a stream."
    );
    private readonly Histogram<double> _perToken = Meter.CreateHistogram<double>(
        TelemetryNames.Metrics.TimePerOutputToken,
        "s",
        "Time between output tokens."
    );
    private readonly Counter<double> _cost = Meter.CreateCounter<double>(
        TelemetryNames.Metrics.Cost,
        "USD",
        "Money spent; the exact amount is in the ledger."
    );
    private readonly Counter<long> _refusals = Meter.CreateCounter<long>(
        TelemetryNames.Metrics.Refusals,
        "{call}",
        "Calls that the gateway refused."
    );

    public bool IsEnabled => _request.Enabled;

    public void RecordRefusal(string code) =>
        _refusals.Add(1, new KeyValuePair<string, object?>(TelemetryNames.Attributes.ErrorType, code));

    public void RecordCall(UsageRecord record, in CallLabels labels, TimeSpan duration) =>
        _operation.Record(duration.TotalSeconds, Tags(record, labels));

    public void RecordAttempt(UsageRecord record, in CallLabels labels)
    {
        var tags = Tags(record, labels);
        _request.Record(record.Duration.TotalSeconds, tags);
        // OpenTelemetry has no decimal: this value is for charts, the exact one is in the ledger.
        if (record.Cost is { } cost)
            _cost.Add((double)cost.Usd, tags);
        if (record.Streamed && record.TimeToFirstToken is { } first)
        {
            _firstToken.Record(first.TotalSeconds, tags);
            if (record.Usage.OutputTokens > 1)
                _perToken.Record((record.Duration - first).TotalSeconds / (record.Usage.OutputTokens - 1), tags);
        }

        if (record.UsageSource == UsageSource.Missing)
            return;
        _tokens.Record(record.Usage.InputTokens, WithType(tags, "input"));
        _tokens.Record(record.Usage.OutputTokens, WithType(tags, "output"));
    }

    private static TagList Tags(UsageRecord record, in CallLabels labels)
    {
        var tags = new TagList
        {
            { TelemetryNames.Attributes.OperationName, labels.Operation },
            { TelemetryNames.Attributes.ProviderName, labels.Provider },
            { TelemetryNames.Attributes.RequestModel, labels.Model },
        };
        if (labels.Error.Length > 0)
            tags.Add(TelemetryNames.Attributes.ErrorType, labels.Error);
        return tags;
    }

    private static TagList WithType(TagList tags, string type)
    {
        tags.Add(TelemetryNames.Attributes.TokenType, type);
        return tags;
    }
}
