using Tollgate.Metering.Limits;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Limits;

/// <summary>
/// The counters that a recorded attempt is charged to. Stored with the attempt, so that recovery from a crash between
/// sending and recording settles the same counters.
/// </summary>
/// <param name="Holder">The holder whose leases are charged.</param>
/// <param name="Limits">The counters.</param>
public sealed record LimitCharges(Guid Holder, IReadOnlyList<ChargedLimit> Limits)
{
    /// <summary>Returns the amounts of a record by counter, without zero amounts.</summary>
    public IEnumerable<(ChargedLimit Limit, Int128 Amount)> AmountsFor(UsageRecord record) =>
        AmountsFor(record.Usage, record.Cost);

    private IEnumerable<(ChargedLimit Limit, Int128 Amount)> AmountsFor(TokenUsage usage, Money? cost)
    {
        var demand = new LimitDemand(usage, cost);
        foreach (var limit in Limits)
            if ((demand[limit.Metric] ?? limit.IfUnpriced ?? 0) is var amount && amount != 0)
                yield return (limit, amount);
    }
}

/// <summary>A counter to which an attempt is charged.</summary>
/// <param name="Id">The limit's identity.</param>
/// <param name="Target">The target, if the limit has a counter for each; otherwise empty.</param>
/// <param name="Metric">The metric that is counted.</param>
/// <param name="LeaseWindow">The window whose lease is charged; null if nothing was reserved.</param>
/// <param name="CountWindow">The window that counts it; null if only leases are counted.</param>
/// <param name="IfUnpriced">The charge for an unpriced attempt, if a ceiling is configured.</param>
public sealed record ChargedLimit(
    string Id,
    string Target,
    LimitMetric Metric,
    long? LeaseWindow,
    long? CountWindow,
    Int128? IfUnpriced = null
);
