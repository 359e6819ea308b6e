using System.Text.Json.Serialization;

namespace Tollgate.Api.Compatibility.LiteLlm.Keys;

/// <summary>The response of <c>/key/info</c>.</summary>
/// <param name="Key">The id of the key, never the key itself.</param>
/// <param name="Info">The properties of the key.</param>
internal sealed record KeyInfoShape(string Key, KeyShape Info);

/// <summary>A virtual key.</summary>
internal sealed record KeyShape
{
    /// <summary>
    /// The key itself in the response that creates it, which is the only one with it; its id in others that have it.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Key { get; init; }

    /// <summary>The id of the key.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TokenId { get; init; }

    /// <summary>The id of the key. It is not derived from the key.</summary>
    public required string Token { get; init; }

    /// <summary>The first characters of the key.</summary>
    public required string KeyName { get; init; }

    /// <summary>The name.</summary>
    public required string KeyAlias { get; init; }

    /// <summary>The spend in the current window of its budget, or of all time if it has none, in US dollars.</summary>
    public required decimal Spend { get; init; }

    /// <summary>The maximum spend in US dollars; null if there is none.</summary>
    public required decimal? MaxBudget { get; init; }

    /// <summary>The spend in US dollars above which calls are marked; null if there is none.</summary>
    public required decimal? SoftBudget { get; init; }

    /// <summary>The time from which it is no longer accepted; null if it never expires.</summary>
    public required DateTimeOffset? Expires { get; init; }

    /// <summary>The only models that it may call; empty if it may call all.</summary>
    public required IReadOnlyList<string> Models { get; init; }

    /// <summary>Always empty.</summary>
    public IReadOnlyDictionary<string, string> Aliases { get; init; } = new Dictionary<string, string>();

    /// <summary>Always empty.</summary>
    public IReadOnlyDictionary<string, string> Config { get; init; } = new Dictionary<string, string>();

    /// <summary>The user that it is bound to; null if there is none.</summary>
    public required string? UserId { get; init; }

    /// <summary>The team that it belongs to; null if there is none.</summary>
    public required string? TeamId { get; init; }

    /// <summary>The organization that it belongs to; null if there is none.</summary>
    public required string? OrganizationId { get; init; }

    /// <summary>The project that it is bound to; null if there is none.</summary>
    public required string? ProjectId { get; init; }

    /// <summary>The maximum number of concurrent requests; null if there is none.</summary>
    public required decimal? MaxParallelRequests { get; init; }

    /// <summary>Notes of its creator.</summary>
    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    /// <summary>The maximum number of tokens per minute; null if there is none.</summary>
    public required decimal? TpmLimit { get; init; }

    /// <summary>The maximum number of requests per minute; null if there is none.</summary>
    public required decimal? RpmLimit { get; init; }

    /// <summary>The interval after which the budget resets, such as <c>30d</c>; null if it never does.</summary>
    public required string? BudgetDuration { get; init; }

    /// <summary>When the budget resets; null if it never does.</summary>
    public required DateTimeOffset? BudgetResetAt { get; init; }

    /// <summary>Always null: a key has limits of its own.</summary>
    public string? BudgetId { get; init; }

    /// <summary>All budgets.</summary>
    public required IReadOnlyList<BudgetLimitShape> BudgetLimits { get; init; }

    /// <summary>The spend in the current window of each budget, by its duration.</summary>
    public required IReadOnlyDictionary<string, BudgetSpendShape> BudgetLimitsUsage { get; init; }

    /// <summary>The spend of all time by model, in US dollars; empty in lists.</summary>
    public required IReadOnlyDictionary<string, decimal> ModelSpend { get; init; }

    /// <summary>The maximum spend on single models, in US dollars.</summary>
    public required IReadOnlyDictionary<string, decimal> ModelMaxBudget { get; init; }

    /// <summary>Always false: a key that is not accepted is revoked or expired.</summary>
    public bool Blocked { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its secret was last replaced, otherwise when it was created.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The budget once more, where some clients look for it; null if there is none.</summary>
    public required BudgetTableShape? LitellmBudgetTable { get; init; }
}

/// <summary>A budget.</summary>
internal sealed record BudgetLimitShape(string? BudgetDuration, decimal MaxBudget);

/// <summary>The spend in the current window of a budget.</summary>
internal sealed record BudgetSpendShape(decimal CurrentSpend);

/// <summary>The budget of a key.</summary>
internal sealed record BudgetTableShape(
    decimal? MaxBudget,
    decimal? SoftBudget,
    string? BudgetDuration,
    DateTimeOffset? BudgetResetAt
);
