namespace Tollgate.Api.Compatibility.LiteLlm.Spend;

/// <summary>The budget of a provider.</summary>
internal sealed record ProviderBudgetShape
{
    /// <summary>The maximum spend in US dollars; null if there is none.</summary>
    public required decimal? BudgetLimit { get; init; }

    /// <summary>The interval after which it resets; null if it never does.</summary>
    public required string? TimePeriod { get; init; }

    /// <summary>The spend in the current interval in US dollars.</summary>
    public required decimal Spend { get; init; }

    /// <summary>When it resets; null if it never does.</summary>
    public required DateTimeOffset? BudgetResetAt { get; init; }
}
