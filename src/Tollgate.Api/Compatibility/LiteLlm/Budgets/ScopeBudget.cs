namespace Tollgate.Api.Compatibility.LiteLlm.Budgets;

/// <summary>
/// The limits of a key, user, or team under LiteLLM's names. Amounts of money are in US dollars.
/// </summary>
internal sealed record ScopeBudget
{
    /// <summary>The budgets, the one with the least left first.</summary>
    public required IReadOnlyList<BudgetWindow> Windows { get; init; }

    /// <summary>The spend above which calls are marked; null if there is none.</summary>
    public decimal? SoftBudget { get; init; }

    /// <summary>The maximum number of tokens per minute; null if there is none.</summary>
    public decimal? TpmLimit { get; init; }

    /// <summary>The maximum number of requests per minute; null if there is none.</summary>
    public decimal? RpmLimit { get; init; }

    /// <summary>The maximum number of concurrent requests; null if there is none.</summary>
    public decimal? MaxParallelRequests { get; init; }

    /// <summary>The maximum spend on single models.</summary>
    public required IReadOnlyDictionary<string, decimal> ModelBudgets { get; init; }

    /// <summary>The budget that LiteLLM's clients show: the one with the least left; null if there is none.</summary>
    public BudgetWindow? First => Windows.Count > 0 ? Windows[0] : null;
}

/// <summary>A budget.</summary>
/// <param name="MaxBudget">The maximum spend.</param>
/// <param name="Used">The spend in the current window, as the limit counts it.</param>
/// <param name="Duration">The length of the window; null if it never resets.</param>
/// <param name="ResetsAt">The end of the current window; null if it never resets.</param>
internal sealed record BudgetWindow(decimal MaxBudget, decimal Used, string? Duration, DateTimeOffset? ResetsAt);
