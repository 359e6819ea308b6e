using Tollgate.Operations.Collectors.Sources;

namespace Tollgate.Operations.Reconciliation;

/// <summary>A comparison of the ledger with a provider's own report.</summary>
public sealed record ReconciliationRequest
{
    /// <summary>The report.</summary>
    public required CollectRequest Report { get; init; }

    /// <summary>True to compare each day.</summary>
    public bool ByDay { get; init; } = true;

    /// <summary>True to compare each model.</summary>
    public bool ByModel { get; init; } = true;

    /// <summary>True to compare each key or deployment.</summary>
    public bool ByKey { get; init; }

    /// <summary>The deployments that use the keys with the provider's ids.</summary>
    public IReadOnlyDictionary<string, string> Keys { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// The maximum difference that is still a match, as a fraction of the provider's figure, from 0 to 1.
    /// </summary>
    public decimal Tolerance { get; init; }
}
