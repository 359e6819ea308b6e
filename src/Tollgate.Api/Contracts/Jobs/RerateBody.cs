namespace Tollgate.Api.Contracts.Jobs;

/// <summary>Calls to be repriced at the current price list.</summary>
internal sealed record RerateBody
{
    /// <summary>The first day, such as 2026-11-01 (UTC), or an instant; absent for the first call.</summary>
    public string? StartDate { get; init; }

    /// <summary>The last day, which is included, or an instant; absent for now.</summary>
    public string? EndDate { get; init; }

    /// <summary>Only calls that requested this model; absent for all.</summary>
    public string? Model { get; init; }

    /// <summary>True to compute the differences without recording anything.</summary>
    public bool? DryRun { get; init; }
}
