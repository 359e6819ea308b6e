using Tollgate.Accounting.Usage;

namespace Tollgate.Operations.Simulations;

/// <summary>The scenario to simulate: a file, plans of another file, and usage to draw from.</summary>
public sealed record ScenarioRequest
{
    /// <summary>The path of a scenario in YAML or JSON; null for plans with collected usage.</summary>
    public string? File { get; init; }

    /// <summary>The path of a file with plans instead of the scenario's own; null for its own.</summary>
    public string? PlansFile { get; init; }

    /// <summary>The path of a CSV file with usage to draw from; null for none.</summary>
    public string? UsageFile { get; init; }

    /// <summary>True to draw from the ledger's user-months.</summary>
    public bool FromLedger { get; init; }

    /// <summary>The period of the ledger's usage.</summary>
    public UsagePeriod Period { get; init; } = UsagePeriod.All;

    /// <summary>The number of trials; null for the scenario's own.</summary>
    public int? Trials { get; init; }

    /// <summary>The number of months per trial; null for the scenario's own.</summary>
    public int? Months { get; init; }

    /// <summary>The random seed; null for the scenario's own.</summary>
    public ulong? Seed { get; init; }

    /// <exception cref="OperationException">It names no scenario, or two sources of usage.</exception>
    internal void Validate()
    {
        var hasUsage = UsageFile is not null || FromLedger;
        if (UsageFile is not null && FromLedger)
            throw Refuse("Usage is drawn from a file or from the ledger, not from both.");
        if (File is null && PlansFile is null)
            throw Refuse("No scenario was specified. Name one, or plans with usage from a file or the ledger.");
        if (File is null && !hasUsage)
            throw Refuse("Plans alone are not a scenario. Name one, or add usage from a file or the ledger.");
    }

    private static OperationException Refuse(string message) => new(OperationError.Invalid, message);
}
