namespace Tollgate.Analytics.Workloads;

/// <summary>
/// Collected usage to draw from: one element of each array is one user's month. Whole months are drawn, with
/// replacement, so that the dependence between their numbers is preserved.
/// </summary>
public sealed record ObservedUsage
{
    /// <summary>Input tokens, those read from a cache included.</summary>
    public required double[] InputTokens { get; init; }

    /// <summary>Output tokens.</summary>
    public required double[] OutputTokens { get; init; }

    /// <summary>Requests; null means 1 per month.</summary>
    public double[]? Requests { get; init; }

    /// <summary>Input tokens read from a cache; null means the workload's hit rate.</summary>
    public double[]? CachedInputTokens { get; init; }

    /// <summary>The share of the requests that succeeded; null means the workload's rate.</summary>
    public double[]? SuccessShares { get; init; }

    internal void Check(InputValidator check)
    {
        check.Require(InputTokens.Length > 0, "inputTokens", "is empty: at least one value is needed");
        CheckColumn(check, "inputTokens", InputTokens, double.MaxValue);
        CheckColumn(check, "outputTokens", OutputTokens, double.MaxValue);
        CheckColumn(check, "requests", Requests, double.MaxValue);
        CheckColumn(check, "cachedInputTokens", CachedInputTokens, double.MaxValue);
        CheckColumn(check, "successShares", SuccessShares, 1);
        for (var i = 0; i < Math.Min(CachedInputTokens?.Length ?? 0, InputTokens.Length); i++)
            if (CachedInputTokens![i] > InputTokens[i])
            {
                check.Add(
                    $"cachedInputTokens[{i}]",
                    InputValidator.FormatRule(
                        CachedInputTokens[i],
                        "must not exceed the input tokens, which include them"
                    )
                );
                break;
            }
    }

    /// <summary>One problem per column is enough: arrays from a ledger are long.</summary>
    private void CheckColumn(InputValidator check, string field, double[]? values, double max)
    {
        if (values is null)
            return;
        check.Require(
            values.Length == InputTokens.Length,
            field,
            $"has {values.Length} values, but inputTokens has {InputTokens.Length}"
        );
        var wrong = Array.FindIndex(values, value => !(value >= 0 && value <= max));
        if (wrong >= 0)
            check.Add(
                $"{field}[{wrong}]",
                InputValidator.FormatRule(
                    values[wrong],
                    max == 1 ? "must be from 0 to 1" : "must be 0 or more, and finite"
                )
            );
    }
}
