using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Limits.Admission;
using Tollgate.Gateway.Calls;
using Tollgate.Gateway.Dialects;
using Tollgate.Gateway.Telemetry;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Pricing;

namespace Tollgate.Gateway.Recording;

/// <summary>
/// Determines an attempt's upper bound and reserves it on all limits that apply, or returns an error for the caller
/// that explains why it may not proceed.
/// </summary>
internal sealed class CallAdmission(
    AdmissionController admission,
    CallPricer pricer,
    UsageLedger ledger,
    ILogger<CallAdmission> logger
)
{
    /// <summary>Admits an attempt; returns null if it may be sent.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<GatewayError?> AdmitAsync(GatewayCall call, Attempt attempt)
    {
        var card = pricer.FindRateCard(attempt.Target.Deployment, attempt.Model, attempt.StartedAt);
        if (!admission.HasLimits || call.Operation.IsFree)
        {
            attempt.UsageUpperBound = UsageEstimator.UpperBound(call, card?.MaxOutputTokens);
            return null;
        }

        var (usage, kinds) = UsageEstimator.BillableUpperBound(call, card);
        attempt.UsageUpperBound = usage;
        var bound = new LimitDemand(usage, CostUpperBound.Calculate(card, usage, kinds, call.Fields.ServiceTier));
        var result = await admission.ReserveAsync(
            CreateSubject(call, attempt),
            bound,
            cancellationToken: call.Http.RequestAborted
        );
        (attempt.Reservation, attempt.CostUpperBound) = (
            result.Reservation,
            result.Reservation is null ? null : bound.Cost
        );
        if (result.Reservation is { } reservation)
            RateLimitHeaders.Write(
                call.Http.Response.Headers,
                call.Dialect,
                admission.GetStatuses(reservation),
                attempt.StartedAt
            );
        if (result.Reservation?.PassedLimit is { } passed)
        {
            call.Http.Response.Headers["x-tollgate-soft-limit"] = passed.Name;
            GatewayLog.SoftLimitPassed(logger, attempt.Id.Call, passed.Id);
        }

        if (result.Refusal is not { } refusal)
            return null;
        ledger.Alerts.Notices.AddRefusal(refusal);
        var headers = new HeaderDictionary();
        RateLimitHeaders.Write(headers, call.Dialect, refusal.Statuses, attempt.StartedAt);
        return ToError(refusal) with { Headers = headers };
    }

    private static LimitSubject CreateSubject(GatewayCall call, Attempt attempt) =>
        new(
            call.Attribution,
            attempt.Target.Deployment.Provider,
            attempt.Model,
            call.Route.Group,
            call.Key?.Team,
            call.Key?.Organization
        )
        {
            IsCallerSupplied = true,
            IsUserBound = call.Key?.User is not null,
            IsProjectBound = call.Key?.Project is not null,
        };

    private static GatewayError ToError(Refusal refusal) =>
        refusal.Kind switch
        {
            RefusalKind.ExceedsLimit => GatewayError.Invalid(refusal.Message, "limit_too_small"),
            RefusalKind.Denied => GatewayError.Forbidden(refusal.Message, "limit_is_zero"),
            RefusalKind.Unpriced => GatewayError.Forbidden(refusal.Message, "model_unpriced"),
            RefusalKind.TooManyValues => GatewayError.RateLimited(refusal.Message, refusal.RetryAfter),
            RefusalKind.Unavailable => GatewayError.Overloaded(
                refusal.Message,
                refusal.RetryAfter ?? TimeSpan.FromSeconds(2),
                "limits_unavailable"
            ),
            _ => LimitAmount.IsMoney(refusal.Limit.Metric)
                ? GatewayError.BudgetExceeded(refusal.Message, refusal.RetryAfter)
                : GatewayError.RateLimited(refusal.Message, refusal.RetryAfter),
        };
}
