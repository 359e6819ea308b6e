using Tollgate.Api.Contracts.Amounts;

namespace Tollgate.Api.Contracts.Keys;

/// <summary>The limits of a key in a request, under LiteLLM's names.</summary>
internal record KeyLimitFields
{
    /// <summary>The maximum spend in US dollars.</summary>
    public AmountField MaxBudget { get; init; }

    /// <summary>The spend in US dollars above which calls are marked.</summary>
    public AmountField SoftBudget { get; init; }

    /// <summary>The interval after which budgets reset, such as <c>30d</c>; null if they never do.</summary>
    public string? BudgetDuration { get; init; }

    /// <summary>The maximum number of requests per minute.</summary>
    public AmountField RpmLimit { get; init; }

    /// <summary>The maximum number of tokens per minute.</summary>
    public AmountField TpmLimit { get; init; }

    /// <summary>The maximum number of concurrent requests.</summary>
    public AmountField MaxParallelRequests { get; init; }

    /// <summary>The maximum spend in US dollars on single models.</summary>
    public IReadOnlyDictionary<string, AmountField>? ModelMaxBudget { get; init; }
}

/// <summary>A key to be created.</summary>
internal sealed record CreateKeyRequest : KeyLimitFields
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The user that all its usage is attributed to; null leaves it to the calls.</summary>
    public string? User { get; init; }

    /// <summary>The project that all its usage is attributed to; null leaves it to the calls.</summary>
    public string? Project { get; init; }

    /// <summary>The team that it belongs to.</summary>
    public string? Team { get; init; }

    /// <summary>The organization that it belongs to.</summary>
    public string? Organization { get; init; }

    /// <summary>The only models or model groups that it may call; null allows all.</summary>
    public IReadOnlyList<string>? Models { get; init; }

    /// <summary>Notes of its creator.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>The time from which it is no longer accepted; null if it never expires.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>A key whose secret is to be replaced.</summary>
internal sealed record RotateKeyRequest
{
    /// <summary>How many seconds the old secret still works.</summary>
    public int GraceSeconds { get; init; }
}
