namespace Tollgate.Client.Jobs;

/// <summary>A comparison of the ledger with a provider's own report.</summary>
/// <param name="Provider">The provider: openai, anthropic, or google.</param>
/// <param name="StartDate">The first day (UTC), such as 2026-11-01.</param>
/// <param name="EndDate">The last day, which is included.</param>
public sealed record ReconciliationRequest(string Provider, string StartDate, string EndDate)
{
    /// <summary>The maximum difference that still is a match, as a fraction of the provider's figure.</summary>
    public decimal? Tolerance { get; init; }

    /// <summary>True to record corrections that align the ledger with the report.</summary>
    public bool WriteCorrections { get; init; }
}
