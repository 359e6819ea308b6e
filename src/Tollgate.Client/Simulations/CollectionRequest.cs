namespace Tollgate.Client.Simulations;

/// <summary>Reports of providers to be collected.</summary>
/// <param name="StartDate">The first day (UTC), such as 2026-11-01.</param>
/// <param name="EndDate">The last day, which is included.</param>
public sealed record CollectionRequest(string StartDate, string EndDate)
{
    /// <summary>The providers: openai, anthropic, google; null for all that have a key.</summary>
    public IReadOnlyList<string>? Providers { get; init; }
}
