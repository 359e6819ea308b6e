using System.Runtime.CompilerServices;
using Tollgate.Accounting.InFlight;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Ledger.Records;
using Tollgate.Gateway.Calls;
using Tollgate.Gateway.Routing;
using Tollgate.Gateway.Telemetry;
using Tollgate.Metering.Usage;
using Tollgate.Metering.Wire;

namespace Tollgate.Gateway.Recording;

/// <summary>
/// Opens and books attempts: turns requests and meter readings into ledger rows. Texts from providers and from the
/// configuration are truncated to fit: no call is lost because of a long name.
/// </summary>
internal sealed class CallRecorder(
    UsageLedger ledger,
    CallPricer pricer,
    GatewayTelemetry telemetry,
    TimeProvider clock
)
{
    /// <summary>True if records can be made durable at the moment.</summary>
    public bool IsReady => ledger.IsWritable;

    /// <summary>Records the attempt before it is sent.</summary>
    public ValueTask RecordStartAsync(GatewayCall call, Attempt attempt) =>
        ledger.BeginAttemptAsync(
            new InFlightAttempt
            {
                Id = attempt.Id,
                StartedAt = attempt.StartedAt,
                Provider = RecordText.Truncate(attempt.Target.Deployment.Provider)!,
                Model = RecordText.Truncate(attempt.Model)!,
                ModelGroup = RecordText.Truncate(call.Route.Group),
                Deployment = RecordText.Truncate(attempt.Target.Deployment.Name),
                Operation = call.Operation.Name,
                Streamed = call.IsStreaming,
                Attribution = call.Attribution,
                UpperBound = attempt.UsageUpperBound,
                UpperCost = attempt.CostUpperBound,
                Charges = attempt.Reservation?.Charges,
            }
        );

    /// <summary>
    /// The cost of the usage that a stream has reported; null if it reports none or no price is known.
    /// </summary>
    public Money? GetCost(Attempt attempt, MeterReading reading) =>
        reading is { HasUsage: true, ErrorType: null }
            ? pricer.Price(attempt.Target.Deployment, attempt.Model, reading, reading.Usage, attempt.StartedAt).Cost
            : null;

    /// <summary>Books the attempt. The record is durable when this completes.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<UsageRecord> BookAsync(
        GatewayCall call,
        Attempt attempt,
        ResponseOutcome end,
        MeterReading reading,
        long firstByteAt
    )
    {
        var record = ToRecord(call, attempt, end, reading, firstByteAt);
        await ledger.AppendAsync(record, attempt.Reservation);
        attempt.IsBooked = true;
        telemetry.RecordAttempt(record);
        if (record.Cost is null)
            ledger.Alerts.Notices.AddUnpriced(record.Provider, record.Model);
        return record;
    }

    /// <summary>Logs that a deployment starts to cool down because of its failures.</summary>
    public void DeploymentCoolingDown(Deployment deployment, RoutingOptions options) =>
        ledger.Alerts.Notices.AddProviderFailing(deployment.Name, options.AllowedFailures, options.CoolDown);

    private UsageRecord ToRecord(
        GatewayCall call,
        Attempt attempt,
        ResponseOutcome end,
        in MeterReading reading,
        long firstByteAt
    )
    {
        var deployment = attempt.Target.Deployment;
        var (usage, source) = UsageEstimator.DetermineUsage(call, attempt, end, reading);
        (Money?, string?) price =
            source == UsageSource.Missing || call.Operation.IsFree
                ? (Money.Zero, CallPricer.NotBilled)
                : pricer.Price(
                    deployment,
                    attempt.Model,
                    source == UsageSource.Reported ? reading : reading with { Parts = null },
                    usage,
                    attempt.StartedAt
                );
        return new UsageRecord
        {
            Id = attempt.Id,
            StartedAt = attempt.StartedAt,
            Duration = clock.GetElapsedTime(attempt.StartedTimestamp),
            TimeToFirstToken = firstByteAt == 0 ? null : clock.GetElapsedTime(attempt.StartedTimestamp, firstByteAt),
            Provider = RecordText.Truncate(deployment.Provider)!,
            Model = RecordText.Truncate(attempt.Model)!,
            ModelGroup = RecordText.Truncate(call.Route.Group),
            ResponseModel = RecordText.Truncate(reading.ResponseModel),
            Deployment = RecordText.Truncate(deployment.Name),
            Operation = call.Operation.Name,
            Streamed = call.IsStreaming,
            Attribution = call.Attribution,
            Usage = usage,
            UsageSource = source,
            ServiceTier = reading.ServiceTier ?? ServiceTier.Standard,
            Cost = price.Item1,
            CostSource = RecordText.Truncate(price.Item2),
            Outcome = GetOutcome(attempt, end, reading),
            StatusCode = attempt.StatusCode,
            ErrorType = RecordText.Truncate(
                end.ErrorType ?? reading.ErrorType ?? (attempt.StatusCode >= 400 ? "http_error" : null)
            ),
            ResponseId = RecordText.Truncate(reading.ResponseId),
        };
    }

    private static CallOutcome GetOutcome(Attempt attempt, ResponseOutcome end, in MeterReading reading)
    {
        if (!end.IsComplete)
            return end.Outcome;
        return attempt.StatusCode >= 400 || reading.ErrorType is not null
            ? CallOutcome.ProviderError
            : CallOutcome.Completed;
    }
}
