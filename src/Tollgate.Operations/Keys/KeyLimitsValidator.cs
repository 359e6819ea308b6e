using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Windows;
using Tollgate.Operations.Limits;

namespace Tollgate.Operations.Keys;

/// <summary>The rules for the limits of a key. A key without its intended limits would be unlimited.</summary>
internal static class KeyLimitsValidator
{
    /// <summary>Requires that limits are valid, each and together.</summary>
    /// <exception cref="OperationException">They are not; the message names field, value and what is
    /// allowed.</exception>
    public static void Validate(KeyLimits limits)
    {
        RequireAmount("max_budget", LimitMetric.Cost, limits.MaxBudget);
        RequireAmount("soft_budget", LimitMetric.Cost, limits.SoftBudget);
        RequireAmount("rpm_limit", LimitMetric.Requests, limits.RequestsPerMinute);
        RequireAmount("tpm_limit", LimitMetric.TotalTokens, limits.TokensPerMinute);
        RequireAmount("max_parallel_requests", LimitMetric.ConcurrentRequests, limits.MaxParallelRequests);
        foreach (var (model, budget) in limits.ModelMaxBudgets)
        {
            if (string.IsNullOrWhiteSpace(model) || model.AsSpan().ContainsAny('\r', '\n'))
                throw FieldRules.CreateException(
                    "model_max_budget",
                    $"model_max_budget names the model '{model}'. A model's name must be one line and not blank."
                );
            RequireAmount($"model_max_budget of '{model}'", LimitMetric.Cost, budget);
        }

        if (limits.BudgetDuration is { } duration)
            ValidateDuration(limits, duration);
    }

    private static void ValidateDuration(KeyLimits limits, LimitWindow duration)
    {
        const string field = "budget_duration";
        if (duration is InstantWindow)
            throw FieldRules.CreateException(
                field,
                $"{field} '{duration.Text}' is not an interval. Specify one such as 30d, 24h or 1mo."
            );
        if (limits.MaxBudget is null && limits.SoftBudget is null && limits.ModelMaxBudgets.Count == 0)
            throw FieldRules.CreateException(
                field,
                $"{field} '{duration.Text}' requires a budget: max_budget, soft_budget or model_max_budget."
            );
    }

    private static void RequireAmount(string field, LimitMetric metric, NewAmount? amount) =>
        LimitRequestValidator.RequireAmount(field, metric, amount?.Value);
}
