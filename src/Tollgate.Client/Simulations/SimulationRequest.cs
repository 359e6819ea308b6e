using System.Text.Json;

namespace Tollgate.Client.Simulations;

/// <summary>A simulation to be run.</summary>
public sealed record SimulationRequest
{
    /// <summary>The number of trials; null for the scenario's own, otherwise 100,000.</summary>
    public int? NSimulations { get; init; }

    /// <summary>The pricing mechanisms, such as <c>per_token</c>; null for all.</summary>
    public IReadOnlyList<string>? Mechanisms { get; init; }

    /// <summary><c>synthetic</c>, <c>collection</c>, or <c>ledger</c>; null for synthetic usage.</summary>
    public string? DataSource { get; init; }

    /// <summary>The collection to draw from, for the data source <c>collection</c>.</summary>
    public string? CollectionId { get; init; }

    /// <summary>The first day of the ledger's usage, such as 2026-09-01 (UTC).</summary>
    public string? StartDate { get; init; }

    /// <summary>The last day of the ledger's usage, which is included.</summary>
    public string? EndDate { get; init; }

    /// <summary>A scenario, in the form of a scenario file; null for mechanisms.</summary>
    public JsonElement? Scenario { get; init; }

    /// <summary>Plans, in the form of a scenario file; null for the scenario's or the mechanisms'.</summary>
    public JsonElement? Plans { get; init; }

    /// <summary>The plan that the others are compared with; null for the first.</summary>
    public string? Baseline { get; init; }

    /// <summary>The number of months per trial; null for the scenario's own.</summary>
    public int? Months { get; init; }

    /// <summary>The random seed: the same seed gives the same result.</summary>
    public long? Seed { get; init; }
}
