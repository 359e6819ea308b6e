using Tollgate.Accounting.Admission;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Ledger.Stores;
using Tollgate.Metering.Limits;

namespace Tollgate.Commands.Forecasting;

/// <summary>Which records count against a limit.</summary>
internal static class BudgetScope
{
    /// <summary>The conditions on records; null where the ledger cannot be asked by them.</summary>
    public static IReadOnlyList<DimensionValue>? Of(LimitStanding standing)
    {
        // Where a limit counts each value for itself, the target names them in the order of the terms.
        var targets = new Queue<string>(standing.Target.Split('\n'));
        var conditions = new List<DimensionValue>();
        foreach (var term in standing.Limit.Scope.Terms)
        {
            if (DimensionOf(term.Dimension) is not { } dimension) return null;
            if (term.Value is null && targets.Count == 0) return null;
            conditions.Add(new DimensionValue(dimension, term.Value ?? targets.Dequeue()));
        }

        return conditions;
    }

    private static UsageDimension? DimensionOf(LimitDimension dimension) => dimension switch
    {
        LimitDimension.Key => UsageDimension.Key,
        LimitDimension.User => UsageDimension.User,
        LimitDimension.Project => UsageDimension.Project,
        LimitDimension.Application => UsageDimension.Application,
        LimitDimension.Model => UsageDimension.Model,
        LimitDimension.Provider => UsageDimension.Provider,
        _ => null,
    };
}
