using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Tollgate.Gateway.Calls;
using Tollgate.Gateway.Dialects;
using Tollgate.Metering.Usage;

namespace Tollgate.Gateway.Telemetry;

/// <summary>
/// Reports each call: in the series behind <c>/metrics</c>, to OpenTelemetry if it is listening, and in the log.
/// Nothing here delays a call's bytes.
/// </summary>
public sealed class GatewayTelemetry : IDisposable
{
    private readonly ConcurrentDictionary<CallLabels, CallSeries> _calls = new();
    private readonly ConcurrentDictionary<string, long> _denials = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string, string), bool> _unpriced = new();
    private readonly ActivitySource _activities = new(TelemetryNames.Source);
    private readonly OpenTelemetryInstruments _instruments;
    private readonly Func<string, bool> _isKnownModel;
    private readonly ILogger _logger;
    private readonly bool _logCalls;
    private FoundSeries? _last;
    private long _inFlight;

    internal GatewayTelemetry(Func<string, bool> isKnownModel, IMeterFactory meters, ILogger logger, bool logCalls)
    {
        _instruments = new OpenTelemetryInstruments(meters);
        _isKnownModel = isKnownModel;
        _logger = logger;
        _logCalls = logCalls;
    }

    /// <summary>Calls in flight.</summary>
    public long InFlight => Volatile.Read(ref _inFlight);

    internal IEnumerable<KeyValuePair<CallLabels, CallSeries>> Calls => _calls;

    internal IEnumerable<KeyValuePair<string, long>> Denials => _denials;

    /// <summary>Ends the source of its spans; the meter is its factory's.</summary>
    public void Dispose() => _activities.Dispose();

    /// <summary>Begins a call; returns its span if traces are collected.</summary>
    internal Activity? Begin(GatewayCall call)
    {
        Interlocked.Increment(ref _inFlight);
        if (!_activities.HasListeners())
            return null;
        // Otherwise the parent would be the web server's own activity, which is not recorded, and would keep this one
        // from being recorded.
        Activity.Current = null;
        ActivityContext.TryParse(
            call.Http.Request.Headers.TraceParent,
            call.Http.Request.Headers.TraceState,
            isRemote: true,
            out var parent
        );
        return _activities.StartActivity(ActivityKind.Client, parent, name: call.Operation.Name);
    }

    /// <summary>Ends a call, however it turned out.</summary>
    internal void End() => Interlocked.Decrement(ref _inFlight);

    /// <summary>Counts a call that the gateway denied.</summary>
    internal void RecordRefusal(GatewayCall call, GatewayError error)
    {
        _denials.AddOrUpdate(error.Code, 1, static (_, count) => count + 1);
        _instruments.RecordRefusal(error.Code);
        Activity.Current?.SetStatus(ActivityStatusCode.Error, error.Code);
        GatewayLog.CallRefused(_logger, call.RequestId, error.Status, error.Code);
    }

    /// <summary>Counts an attempt that was booked.</summary>
    internal void RecordAttempt(UsageRecord record)
    {
        var found = GetSeries(record);
        found.Series.Add(record);
        if (_instruments.IsEnabled)
            _instruments.RecordAttempt(record, found.Labels);
        if (Activity.Current is { } span && span.Source == _activities)
            Describe(span, record);
        if (record.Cost is null && _unpriced.Count < 1000 && _unpriced.TryAdd((record.Provider, record.Model), true))
            GatewayLog.Unpriced(_logger, record.Provider, record.Model);
        if (_logCalls)
            Log(record);
    }

    /// <summary>Counts a call whose response is complete; its duration includes retries.</summary>
    internal void RecordCall(UsageRecord record, TimeSpan duration)
    {
        var found = GetSeries(record);
        found.Series.OperationDuration.Add(duration.TotalSeconds);
        if (_instruments.IsEnabled)
            _instruments.RecordCall(record, found.Labels, duration);
    }

    /// <summary>Calls of one series often follow one another: the last one is tried before any lookup.</summary>
    private FoundSeries GetSeries(UsageRecord record)
    {
        if (Volatile.Read(ref _last) is { } last && last.Model == record.Model && last.Labels.Match(record))
            return last;
        var labels = CallLabels.FromRecord(record, _isKnownModel);
        var found = new FoundSeries(record.Model, labels, _calls.GetOrAdd(labels, static _ => new CallSeries()));
        Volatile.Write(ref _last, found);
        return found;
    }

    private void Log(UsageRecord record) =>
        GatewayLog.CallEnded(
            _logger,
            record.Id.Call,
            record.Id.Attempt,
            record.Provider,
            record.Model,
            record.Outcome,
            record.StatusCode,
            record.Usage.InputTokens,
            record.Usage.OutputTokens,
            record.Cost?.ToString() ?? "unpriced",
            record.UsageSource,
            record.Duration.TotalMilliseconds
        );

    private static void Describe(Activity span, UsageRecord record)
    {
        span.DisplayName = $"{record.Operation} {record.Model}";
        span.SetTag(TelemetryNames.Attributes.OperationName, record.Operation)
            .SetTag(TelemetryNames.Attributes.ProviderName, record.Provider)
            .SetTag(TelemetryNames.Attributes.RequestModel, record.Model)
            .SetTag(TelemetryNames.Attributes.ResponseModel, record.ResponseModel)
            .SetTag(TelemetryNames.Attributes.ResponseId, record.ResponseId)
            .SetTag(TelemetryNames.Attributes.InputTokens, record.Usage.InputTokens)
            .SetTag(TelemetryNames.Attributes.OutputTokens, record.Usage.OutputTokens)
            .SetTag(TelemetryNames.Attributes.Cost, record.Cost?.ToString())
            .SetTag(TelemetryNames.Attributes.UsageSource, record.UsageSource.ToString())
            .SetTag(TelemetryNames.Attributes.RequestId, record.Id.ToString());
        if (record.Outcome == CallOutcome.Completed)
            return;
        span.SetTag(TelemetryNames.Attributes.ErrorType, record.ErrorType ?? record.Outcome.ToString());
        span.SetStatus(ActivityStatusCode.Error);
    }

    private sealed record FoundSeries(string Model, CallLabels Labels, CallSeries Series);
}
