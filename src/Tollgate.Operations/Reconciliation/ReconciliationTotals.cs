using Tollgate.Metering.Usage;

namespace Tollgate.Operations.Reconciliation;

/// <summary>One side's totals of a cell.</summary>
public sealed class ReconciliationTotals
{
    /// <summary>Requests; null if not reported.</summary>
    public long? Requests { get; internal set; }

    /// <summary>The usage, in disjoint kinds.</summary>
    public TokenUsage Usage { get; internal set; }

    /// <summary>The cost; null if not reported or unknown.</summary>
    public Money? Cost { get; internal set; }

    /// <summary>Calls without a price, which <see cref="Cost"/> does not include.</summary>
    public long Unpriced { get; internal set; }

    /// <summary>Corrections by earlier reports.</summary>
    public int Corrections { get; internal set; }

    internal bool IsEmpty => Usage.IsZero && (Cost is null || Cost == Money.Zero);

    internal void Add(in TokenUsage usage, Money? cost, long? requests)
    {
        Usage += usage;
        if (cost is { } some)
            Cost = (Cost ?? Money.Zero) + some;
        if (requests is { } number)
            Requests = (Requests ?? 0) + number;
    }
}
