using System.Diagnostics;
using System.Diagnostics.Metrics;
using Tollgate.Metering.Usage;

namespace Tollgate.Gateway.Telemetry;

/// <summary>
/// The same metrics as .NET instruments, for an OpenTelemetry exporter. They cost nothing while there is no listener.
/// </summary>
internal sealed class OpenTelemetryInstruments
{
    private readonly Histogram<long> _tokens;
    private readonly Histogram<double> _operation;
    private readonly Histogram<double> _request;
    private readonly Histogram<double> _firstToken;
    private readonly Histogram<double> _perToken;
    private readonly Counter<double> _cost;
    private readonly Counter<long> _denials;

    public OpenTelemetryInstruments(IMeterFactory meters)
    {
        var meter = meters.Create(TelemetryNames.Source);
        _tokens = meter.CreateHistogram<long>(
            TelemetryNames.Metrics.TokenUsage,
            "{token}",
            "Tokens of a call, by type."
        );
        _operation = meter.CreateHistogram<double>(
            TelemetryNames.Metrics.OperationDuration,
            "s",
            "Duration of a call, retries included."
        );
        _request = meter.CreateHistogram<double>(
            TelemetryNames.Metrics.RequestDuration,
            "s",
            "Duration of an attempt."
        );
        _firstToken = meter.CreateHistogram<double>(
            TelemetryNames.Metrics.TimeToFirstToken,
            "s",
            "Time to the first byte of a stream."
        );
        _perToken = meter.CreateHistogram<double>(
            TelemetryNames.Metrics.TimePerOutputToken,
            "s",
            "Time between output tokens."
        );
        _cost = meter.CreateCounter<double>(
            TelemetryNames.Metrics.Cost,
            "USD",
            "Money spent; the exact amount is in the ledger."
        );
        _denials = meter.CreateCounter<long>(
            TelemetryNames.Metrics.Denials,
            "{call}",
            "Calls that the gateway denied."
        );
    }

    /// <summary>True if a listener has enabled an instrument that calls are recorded in.</summary>
    public bool IsEnabled =>
        _request.Enabled
        || _operation.Enabled
        || _tokens.Enabled
        || _cost.Enabled
        || _firstToken.Enabled
        || _perToken.Enabled;

    public void RecordRefusal(string code) =>
        _denials.Add(1, new KeyValuePair<string, object?>(TelemetryNames.Attributes.ErrorType, code));

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
