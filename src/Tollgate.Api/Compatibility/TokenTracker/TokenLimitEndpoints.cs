using Tollgate.Accounting.AuditTrail;
using Tollgate.Api.Contracts.Amounts;
using Tollgate.Api.Problems;
using Tollgate.Api.Requests;
using Tollgate.Api.Responses;
using Tollgate.Api.Routing;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Text;
using Tollgate.Operations.Limits;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Api.Compatibility.TokenTracker;

/// <summary>Rate limits of models and budgets, which are limits like all others.</summary>
internal sealed class TokenLimitEndpoints(Workspace workspace)
{
    private static readonly string[] RatePeriods = ["minute", "hour", "day"];

    /// <summary>The words for the periods of budgets, and their windows.</summary>
    private static readonly (string Word, string Window)[] BudgetPeriods =
    [
        ("total", "total"),
        ("daily", "day"),
        ("weekly", "week"),
        ("monthly", "month"),
        ("yearly", "year"),
    ];

    private readonly LimitOperations _limits = new(workspace);

    /// <summary>The routes with their implementations.</summary>
    public IReadOnlyList<ApiEndpoint> All =>
        [
            new(TokenTrackerRoutes.RateLimits, ListRateLimitsAsync),
            new(TokenTrackerRoutes.SetRateLimit, SetRateLimitAsync),
            new(TokenTrackerRoutes.Budgets, ListBudgetsAsync),
            new(TokenTrackerRoutes.SetBudget, SetBudgetAsync),
        ];

    private async Task<ApiResponse> ListRateLimitsAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var limits = (await _limits.ListAsync(cancellationToken)).Limits;
        return new JsonResponse<IReadOnlyList<RateLimitShape>>(
            [.. limits.Select(TryCreateRateLimit).OfType<RateLimitShape>()],
            TokenTrackerJson.Default.IReadOnlyListRateLimitShape
        );
    }

    private async Task<ApiResponse> SetRateLimitAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var body = await request.ReadBodyAsync(TokenTrackerJson.Default.SetRateLimitShape, cancellationToken);
        RequireOneOf("/period", body.Period, RatePeriods);
        if (string.IsNullOrWhiteSpace(body.Model))
            throw CreateException("/model", "model must name a model.");
        var change = new SetLimitRequest
        {
            Scope = LimitScope.Create(new ScopeTerm(LimitDimension.Model, body.Model)),
            Expression = new LimitExpression(
                LimitMetric.Requests,
                WindowText.Parse(body.Period),
                AmountReader.Read("/limit", LimitMetric.Requests, body.Limit)
            ),
        };
        var result = await SetAsync(change, request.Actor, cancellationToken);
        var verb = result.Before is null ? "Created" : "Updated";
        return new JsonResponse<RateLimitShape>(
            TryCreateRateLimit(result.After)! with
            {
                Message = $"{verb} rate limit for {body.Model}",
            },
            TokenTrackerJson.Default.RateLimitShape
        );
    }

    private async Task<ApiResponse> ListBudgetsAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var limits = (await _limits.ListAsync(cancellationToken)).Limits;
        return new JsonResponse<IReadOnlyList<BudgetShape>>(
            [.. limits.Select(TryCreateBudget).OfType<BudgetShape>()],
            TokenTrackerJson.Default.IReadOnlyListBudgetShape
        );
    }

    private async Task<ApiResponse> SetBudgetAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var body = await request.ReadBodyAsync(TokenTrackerJson.Default.SetBudgetShape, cancellationToken);
        var words = BudgetPeriods.Select(static period => period.Word).ToArray();
        RequireOneOf("/period", body.Period, words);
        if (body.ResetDay is { } day && (day is < 1 or > 28 || body.Period != "monthly"))
            throw CreateException(
                "/reset_day",
                $"reset_day must be from 1 to 28 and requires the period monthly, not {day} with {body.Period}."
            );
        var window = BudgetPeriods.First(period => period.Word == body.Period).Window;
        var anchor = body.ResetDay is { } reset ? new DateTime(1970, 1, reset) : (DateTime?)null;
        var change = new SetLimitRequest
        {
            Scope = LimitScope.Global,
            Expression = new LimitExpression(
                LimitMetric.Cost,
                WindowText.Parse(window, new WindowOptions(Anchor: anchor)),
                AmountReader.Read("/amount", LimitMetric.Cost, body.Amount)
            ),
            // A budget named like its period is the plain one.
            Variant = body.Name == body.Period ? null : body.Name,
        };
        var result = await SetAsync(change, request.Actor, cancellationToken);
        var verb = result.Before is null ? "Created" : "Updated";
        return new JsonResponse<BudgetShape>(
            TryCreateBudget(result.After)! with
            {
                Message = $"{verb} {body.Name} budget",
            },
            TokenTrackerJson.Default.BudgetShape
        );
    }

    private async Task<SetLimitResult> SetAsync(
        SetLimitRequest change,
        Actor actor,
        CancellationToken cancellationToken
    ) => (await _limits.SetAsync([change], actor, cancellationToken))[0];

    /// <summary>Returns a limit on the requests of one model; null for any other.</summary>
    private static RateLimitShape? TryCreateRateLimit(LimitDetails limit) =>
        limit is { Metric: LimitMetric.Requests, Scope: [{ Dimension: LimitDimension.Model, Value: { } model }] }
        && RatePeriods.Contains(limit.Window)
            ? new RateLimitShape
            {
                Id = limit.Id,
                Model = model,
                Limit = limit.Amount,
                Period = limit.Window,
            }
            : null;

    /// <summary>Returns a limit on the cost of all calls; null for any other.</summary>
    private static BudgetShape? TryCreateBudget(LimitDetails limit)
    {
        if (limit is not { Metric: LimitMetric.Cost, Scope.Count: 0 })
            return null;
        var period = Array.Find(BudgetPeriods, period => period.Window == limit.Window).Word;
        if (period is null)
            return null;
        var point = limit.Id.IndexOf('.', StringComparison.Ordinal);
        return new BudgetShape
        {
            Id = limit.Id,
            Name = point < 0 ? period : limit.Id[(point + 1)..],
            Amount = limit.Amount,
            Period = period,
            ResetDay =
                period == "monthly" && limit.Anchor is { } anchor
                    ? DateTime.Parse(anchor, System.Globalization.CultureInfo.InvariantCulture).Day
                    : null,
        };
    }

    private static void RequireOneOf(string pointer, string value, string[] allowed)
    {
        if (!allowed.Contains(value))
            throw ProblemException.Invalid(
                new ProblemError
                {
                    Pointer = pointer,
                    Code = "invalid_value",
                    Message = $"{pointer} must be one of {string.Join(", ", allowed)}, not '{value}'.",
                    Allowed = allowed,
                }
            );
    }

    private static ProblemException CreateException(string pointer, string message) =>
        ProblemException.Invalid(
            new ProblemError
            {
                Pointer = pointer,
                Code = "invalid_value",
                Message = message,
            }
        );
}
