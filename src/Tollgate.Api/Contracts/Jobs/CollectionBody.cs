namespace Tollgate.Api.Contracts.Jobs;

/// <summary>Reports of providers to be collected.</summary>
internal sealed record CollectionBody
{
    /// <summary>The providers: openai, anthropic, google; absent for all that have a key.</summary>
    public IReadOnlyList<string>? Providers { get; init; }

    /// <summary>The first day (UTC), such as 2026-11-01.</summary>
    public required string StartDate { get; init; }

    /// <summary>The last day, which is included.</summary>
    public required string EndDate { get; init; }
}
