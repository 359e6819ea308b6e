using Tollgate.Metering.Limits;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Limits;

/// <summary>
/// What a booked attempt takes from its limits. It is put on record with the attempt, so that a crash between sending
/// and booking settles the same counters.
/// </summary>
/// <param name="Holder">Whose grants it is taken from.</param>
/// <param name="Limits">The counters.</param>
public sealed record LimitCharges(Guid Holder, IReadOnlyList<ChargedLimit> Limits)
{
    /// <summary>The amounts of a record, by counter; what comes to nothing is left out.</summary>
    public IEnumerable<(ChargedLimit Limit, Int128 Amount)> Of(UsageRecord record) => Of(record.Usage, record.Cost);

    private IEnumerable<(ChargedLimit Limit, Int128 Amount)> Of(TokenUsage usage, Money? cost)
    {
        var demand = new LimitDemand(usage, cost);
        foreach (var limit in Limits)
            if ((demand[limit.Metric] ?? limit.IfUnpriced ?? 0) is var amount && amount != 0)
                yield return (limit, amount);
    }
}

/// <summary>One counter that an attempt is charged to.</summary>
/// <param name="Id">The limit's identity.</param>
/// <param name="Target">Whose count it is, where the limit counts each for itself; else empty.</param>
/// <param name="Metric">What is counted.</param>
/// <param name="GrantWindow">The window whose grant it is taken from; null where nothing was reserved.</param>
/// <param name="CountWindow">The window that counts it; null where only grants are counted.</param>
/// <param name="IfUnpriced">What an unpriced attempt is charged, where a ceiling is configured.</param>
public sealed record ChargedLimit(
    string Id,
    string Target,
    LimitMetric Metric,
    long? GrantWindow,
    long? CountWindow,
    Int128? IfUnpriced = null
);
