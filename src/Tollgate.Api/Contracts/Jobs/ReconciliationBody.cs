namespace Tollgate.Api.Contracts.Jobs;

/// <summary>A comparison of the ledger with a provider's own report.</summary>
internal sealed record ReconciliationBody
{
    /// <summary>The provider: openai, anthropic, or google.</summary>
    public required string Provider { get; init; }

    /// <summary>The first day (UTC), such as 2026-11-01.</summary>
    public required string StartDate { get; init; }

    /// <summary>The last day, which is included.</summary>
    public required string EndDate { get; init; }

    /// <summary>The dimensions to compare by; absent for day and model.</summary>
    public IReadOnlyList<ReconciliationDimension>? By { get; init; }

    /// <summary>The deployments that use the keys with the provider's ids.</summary>
    public IReadOnlyDictionary<string, string>? Keys { get; init; }

    /// <summary>The maximum difference that still is a match, as a fraction of the provider's figure.</summary>
    public decimal? Tolerance { get; init; }

    /// <summary>True to record corrections that align the ledger with the report; needs prices:write.</summary>
    public bool? WriteCorrections { get; init; }
}

/// <summary>A dimension of a comparison.</summary>
internal enum ReconciliationDimension
{
    /// <summary>The day.</summary>
    Day,

    /// <summary>The model.</summary>
    Model,

    /// <summary>The provider's key.</summary>
    Key,
}
