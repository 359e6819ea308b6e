using Tollgate.Api.Contracts.Amounts;
using Tollgate.Api.Contracts.Keys;

namespace Tollgate.Api.Compatibility.LiteLlm.Budgets;

/// <summary>Completes changes that name a part of a budget: its amount, or its duration.</summary>
internal static class BudgetChange
{
    /// <summary>Returns the change with the current value of the part that is absent.</summary>
    public static KeyLimitFields Complete(KeyLimitFields change, ScopeBudget current)
    {
        if (current.First is not { } budget)
            return change;
        var hasAmount = change.MaxBudget.IsPresent || change.SoftBudget.IsPresent || change.ModelMaxBudget is not null;
        if (change.BudgetDuration is null)
            return hasAmount ? change with { BudgetDuration = budget.Duration } : change;
        return change with
        {
            MaxBudget = change.MaxBudget.IsPresent ? change.MaxBudget : new AmountField(budget.MaxBudget),
            SoftBudget =
                change.SoftBudget.IsPresent || current.SoftBudget is null
                    ? change.SoftBudget
                    : new AmountField(current.SoftBudget),
        };
    }
}
