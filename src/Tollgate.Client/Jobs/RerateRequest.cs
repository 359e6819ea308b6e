namespace Tollgate.Client.Jobs;

/// <summary>Calls to be repriced at the current price list.</summary>
public sealed record RerateRequest
{
    /// <summary>The first day, such as 2026-11-01 (UTC); null for the first call.</summary>
    public string? StartDate { get; init; }

    /// <summary>The last day, which is included; null for now.</summary>
    public string? EndDate { get; init; }

    /// <summary>Only calls that requested this model; null for all.</summary>
    public string? Model { get; init; }

    /// <summary>True to compute the differences without recording anything.</summary>
    public bool DryRun { get; init; }
}
