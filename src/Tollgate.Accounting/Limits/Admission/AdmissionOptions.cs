using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Tollgate.Accounting.Limits.Admission;

/// <summary>How to handle a call without a known price under a hard limit on cost.</summary>
public enum UnpricedPolicy
{
    /// <summary>The call is admitted at no cost to the limit, and an alert is raised.</summary>
    Allow,

    /// <summary>The call is refused.</summary>
    Block,

    /// <summary>The call is charged <see cref="AdmissionOptions.UnpricedCeiling"/>.</summary>
    Ceiling,
}

/// <summary>The admission settings.</summary>
public sealed record AdmissionOptions
{
    /// <summary>How to handle a call without a known price.</summary>
    public UnpricedPolicy Unpriced { get; init; }

    /// <summary>The charge for such a call under <see cref="UnpricedPolicy.Ceiling"/>, in US dollars.</summary>
    public decimal UnpricedCeiling { get; init; } = 1;

    /// <summary>
    /// The maximum number of values that a limit with one counter for each value may have at once in one gateway, if
    /// callers are free to supply any value.
    /// </summary>
    public int MaxValues { get; init; } = 10_000;

    /// <summary>
    /// The thresholds for limits on cost that have none of their own, in percent; shadow limits get none.
    /// </summary>
    public ImmutableArray<int> DefaultThresholds { get; init; } = [];

    /// <summary>How long leases remain valid without a response from the store.</summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Where outages of the counters and their ends are logged; by default nowhere.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    /// <summary>How often leases are renewed and returned.</summary>
    public TimeSpan RenewInterval { get; init; } = TimeSpan.FromMilliseconds(500);
}
