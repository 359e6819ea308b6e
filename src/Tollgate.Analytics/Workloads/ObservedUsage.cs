namespace Tollgate.Analytics.Workloads;

/// <summary>
/// Collected usage to draw from: one element of each array is one user's month. Whole months are drawn, with
/// replacement, so that whatever their numbers have to do with each other is kept.
/// </summary>
public sealed record ObservedUsage
{
    /// <summary>Input tokens, those read from a cache included.</summary>
    public required double[] InputTokens { get; init; }

    /// <summary>Output tokens.</summary>
    public required double[] OutputTokens { get; init; }

    /// <summary>Requests; 1 a month where null.</summary>
    public double[]? Requests { get; init; }

    /// <summary>Input tokens read from a cache; the workload's hit rate where null.</summary>
    public double[]? CachedInputTokens { get; init; }

    /// <summary>The share of the requests that succeeded; the workload's rate where null.</summary>
    public double[]? SuccessShares { get; init; }

    internal void Check(InputCheck check)
    {
        check.That(InputTokens.Length > 0, "inputTokens", "has no value, but at least 1 is needed");
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
                    InputCheck.Is(CachedInputTokens[i], "is a part of the input tokens and must not be more")
                );
                break;
            }
    }

    /// <summary>One problem a column is enough: arrays from a ledger are long.</summary>
    private void CheckColumn(InputCheck check, string field, double[]? values, double most)
    {
        if (values is null)
            return;
        check.That(
            values.Length == InputTokens.Length,
            field,
            $"has {values.Length} values, but inputTokens has {InputTokens.Length}"
        );
        var wrong = Array.FindIndex(values, value => !(value >= 0 && value <= most));
        if (wrong >= 0)
            check.Add(
                $"{field}[{wrong}]",
                InputCheck.Is(values[wrong], most == 1 ? "must be from 0 to 1" : "must be 0 or more, and finite")
            );
    }
}
