using System.Text.Json;

namespace Tollgate.Api.Contracts.Jobs;

/// <summary>A simulation to be run.</summary>
internal sealed record SimulationBody
{
    /// <summary>The number of trials, from 2 to 1000000; absent for the scenario's own, otherwise 100000.</summary>
    public int? NSimulations { get; init; }

    /// <summary>The pricing mechanisms, such as <c>per_token</c>; absent for all.</summary>
    public IReadOnlyList<string>? Mechanisms { get; init; }

    /// <summary>The usage to draw from; absent for synthetic usage.</summary>
    public SimulationSource? DataSource { get; init; }

    /// <summary>The collection to draw from, for the data source <c>collection</c>.</summary>
    public string? CollectionId { get; init; }

    /// <summary>The first day of the ledger's usage, such as 2026-09-01 (UTC), or an instant.</summary>
    public string? StartDate { get; init; }

    /// <summary>The last day of the ledger's usage, which is included, or an instant.</summary>
    public string? EndDate { get; init; }

    /// <summary>A scenario, in the form of a scenario file.</summary>
    public JsonElement? Scenario { get; init; }

    /// <summary>Plans instead of the scenario's or the mechanisms', in the form of a scenario file.</summary>
    public JsonElement? Plans { get; init; }

    /// <summary>The plan that the others are compared with; absent for the scenario's, otherwise the first.</summary>
    public string? Baseline { get; init; }

    /// <summary>The number of months per trial; absent for the scenario's own.</summary>
    public int? Months { get; init; }

    /// <summary>The random seed, at least 0: the same seed gives the same result.</summary>
    public long? Seed { get; init; }
}

/// <summary>The usage that a simulation draws from.</summary>
internal enum SimulationSource
{
    /// <summary>The distributions of a scenario, or of the usual workload.</summary>
    Synthetic,

    /// <summary>Usage that was collected from providers.</summary>
    Collection,

    /// <summary>The ledger's calls within the sender's reach.</summary>
    Ledger,
}
