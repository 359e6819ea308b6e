using System.Text.Json;
using Tollgate.Accounting.Usage;
using Tollgate.Operations.Collectors.Collections;

namespace Tollgate.Operations.Simulations;

/// <summary>A simulation as a request describes it, without files.</summary>
public sealed record ScenarioContent
{
    /// <summary>The maximum number of trials of a request.</summary>
    public const int MaxTrials = 1_000_000;

    /// <summary>The maximum number of charges that are kept at once: plans times trials.</summary>
    public const int MaxCharges = 10_000_000;

    /// <summary>
    /// The maximum number of months of users in a trial: a simulation looks at its cancellation only between blocks of
    /// trials.
    /// </summary>
    public const int MaxUserMonths = 100_000;

    /// <summary>A scenario in YAML or JSON; null for the usual workload.</summary>
    public string? Scenario { get; init; }

    /// <summary>Plans in YAML or JSON instead of the scenario's or the mechanisms'; null for those.</summary>
    public string? Plans { get; init; }

    /// <summary>
    /// Pricing mechanisms with usual plans, such as <c>per_token</c>; empty for all. A scenario and plans take their
    /// place.
    /// </summary>
    public IReadOnlyList<string> Mechanisms { get; init; } = [];

    /// <summary>The plan that the others are compared with; null for the scenario's own, otherwise the first.</summary>
    public string? Baseline { get; init; }

    /// <summary>The number of trials; null for the scenario's own, otherwise 100,000.</summary>
    public int? Trials { get; init; }

    /// <summary>The number of months per trial; null for the scenario's own.</summary>
    public int? Months { get; init; }

    /// <summary>The random seed; null for the scenario's own.</summary>
    public ulong? Seed { get; init; }

    /// <summary>The request that it was read from, which is kept with the result; null to keep none.</summary>
    public JsonElement? Request { get; init; }

    /// <summary>The collected usage to draw from; null for none.</summary>
    public Collection? Collection { get; init; }

    /// <summary>The period of the ledger's usage to draw from; null not to draw from the ledger.</summary>
    public UsagePeriod? LedgerPeriod { get; init; }
}
