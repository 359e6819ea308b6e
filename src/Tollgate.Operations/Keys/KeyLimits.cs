using Tollgate.Metering.Limits.Windows;

namespace Tollgate.Operations.Keys;

/// <summary>
/// New limits of a key, under LiteLLM's names. A limit that is null stays as it is; a <see cref="NewAmount"/> without a
/// value removes it.
/// </summary>
public sealed record KeyLimits
{
    /// <summary>The maximum spend, in pico-dollars.</summary>
    public NewAmount? MaxBudget { get; init; }

    /// <summary>The spend above which calls are marked, in pico-dollars.</summary>
    public NewAmount? SoftBudget { get; init; }

    /// <summary>The interval after which budgets reset; null if they never do.</summary>
    public LimitWindow? BudgetDuration { get; init; }

    /// <summary>The maximum number of requests per minute.</summary>
    public NewAmount? RequestsPerMinute { get; init; }

    /// <summary>The maximum number of tokens per minute.</summary>
    public NewAmount? TokensPerMinute { get; init; }

    /// <summary>The maximum number of concurrent requests.</summary>
    public NewAmount? MaxParallelRequests { get; init; }

    /// <summary>The maximum spend on models, in pico-dollars.</summary>
    public IReadOnlyDictionary<string, NewAmount> ModelMaxBudgets { get; init; } =
        new Dictionary<string, NewAmount>(StringComparer.Ordinal);

    /// <summary>True if it sets nothing.</summary>
    public bool IsEmpty =>
        MaxBudget is null
        && SoftBudget is null
        && RequestsPerMinute is null
        && TokensPerMinute is null
        && MaxParallelRequests is null
        && ModelMaxBudgets.Count == 0;
}

/// <summary>A new amount of a limit.</summary>
/// <param name="Value">The amount, in the metric's unit; null for no limit.</param>
public readonly record struct NewAmount(Int128? Value);
