using System.Collections.Immutable;

namespace Tollgate.Accounting.Limits.Admission;

/// <summary>What happens to a call without a known price under a hard limit on cost.</summary>
public enum UnpricedPolicy
{
    /// <summary>It passes, costs the limit nothing, and an alert is raised.</summary>
    Allow,

    /// <summary>It is refused.</summary>
    Block,

    /// <summary>It is charged <see cref="AdmissionOptions.UnpricedCeiling"/>.</summary>
    Ceiling,
}

/// <summary>How calls are admitted.</summary>
public sealed record AdmissionOptions
{
    /// <summary>What happens to a call without a known price.</summary>
    public UnpricedPolicy Unpriced { get; init; }

    /// <summary>What such a call is charged under <see cref="UnpricedPolicy.Ceiling"/>, in US dollars.</summary>
    public decimal UnpricedCeiling { get; init; } = 1;

    /// <summary>
    /// How many values a limit that counts each for itself may have at once in one gate, where a caller is free to name
    /// any.
    /// </summary>
    public int MostValues { get; init; } = 10_000;

    /// <summary>
    /// The thresholds of limits on cost that have none of their own, in percent; a shadow limit gets none.
    /// </summary>
    public ImmutableArray<int> DefaultThresholds { get; init; } = [];

    /// <summary>How long grants are good without word from their store.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often grants are renewed and given back.</summary>
    public TimeSpan RenewInterval { get; init; } = TimeSpan.FromMilliseconds(500);
}
