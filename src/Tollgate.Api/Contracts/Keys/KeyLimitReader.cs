using Tollgate.Api.Contracts.Amounts;
using Tollgate.Api.Problems;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Text;
using Tollgate.Metering.Limits.Windows;
using Tollgate.Operations.Keys;

namespace Tollgate.Api.Contracts.Keys;

/// <summary>Converts the limits of a key from a request.</summary>
internal static class KeyLimitReader
{
    /// <summary>Returns the limits that a request sets.</summary>
    /// <exception cref="ProblemException">An amount or the interval is not valid.</exception>
    public static KeyLimits Read(KeyLimitFields fields) =>
        new()
        {
            MaxBudget = ReadAmount("max_budget", LimitMetric.Cost, fields.MaxBudget),
            SoftBudget = ReadAmount("soft_budget", LimitMetric.Cost, fields.SoftBudget),
            BudgetDuration = ReadWindow(fields.BudgetDuration),
            RequestsPerMinute = ReadAmount("rpm_limit", LimitMetric.Requests, fields.RpmLimit),
            TokensPerMinute = ReadAmount("tpm_limit", LimitMetric.TotalTokens, fields.TpmLimit),
            MaxParallelRequests = ReadAmount(
                "max_parallel_requests",
                LimitMetric.ConcurrentRequests,
                fields.MaxParallelRequests
            ),
            ModelMaxBudgets = (fields.ModelMaxBudget ?? new Dictionary<string, AmountField>()).ToDictionary(
                static budget => budget.Key,
                static budget =>
                    ReadAmount($"model_max_budget/{budget.Key}", LimitMetric.Cost, budget.Value) ?? new NewAmount(null),
                StringComparer.Ordinal
            ),
        };

    private static NewAmount? ReadAmount(string field, LimitMetric metric, AmountField amount)
    {
        if (!amount.IsPresent)
            return null;
        if (amount.Value is not { } value)
            return new NewAmount(null);
        return new NewAmount(AmountReader.Read("/" + field, metric, value));
    }

    private static LimitWindow? ReadWindow(string? text)
    {
        try
        {
            return text is null ? null : WindowText.Parse(text);
        }
        catch (FormatException exception)
        {
            throw ProblemException.Invalid(
                new ProblemError
                {
                    Pointer = "/budget_duration",
                    Code = "invalid_value",
                    Message = exception.Message,
                }
            );
        }
    }
}
