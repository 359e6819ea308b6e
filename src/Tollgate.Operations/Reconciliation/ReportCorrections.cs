using Tollgate.Accounting.Rerating;
using Tollgate.Metering.Usage;

namespace Tollgate.Operations.Reconciliation;

/// <summary>
/// Creates the corrections that align the ledger's totals with the provider's, one per day and model.
/// </summary>
internal static class ReportCorrections
{
    /// <summary>Creates a correction; null if there is nothing to correct.</summary>
    /// <param name="cell">A cell by day and model.</param>
    /// <param name="provider">The provider, as the ledger names it.</param>
    public static ReportCorrection? FromComparison(ReconciliationCell cell, string provider)
    {
        var cost = cell.CostDiffers ? cell.CostDifference : UnreportedCost(cell);
        var usage =
            cell.TokensDiffer && StatesTokens(cell)
                ? Difference(cell.Provider.Usage, cell.Ledger.Usage, cell.StatesCachedInput)
                : default;
        if (cost is null && usage.IsZero)
            return null;
        return new ReportCorrection(provider, cell.Key.Day!.Value, cell.Key.Model!)
        {
            Cost = cost,
            Usage = usage,
            PreviousCount = cell.Ledger.Corrections,
        };
    }

    /// <summary>
    /// True if the report determines the tokens of the cell: it lists some, or does not contain the cell at all. For
    /// images
    /// and speech it may list only requests or a cost; that is not a reason to subtract tokens.
    /// </summary>
    private static bool StatesTokens(ReconciliationCell cell) =>
        cell.StatesTokens
        && (!cell.Provider.Usage.IsZero || (cell.Provider.IsEmpty && cell.Provider.Requests is null or 0));

    /// <summary>Usage that the provider does not report costs nothing.</summary>
    private static Money? UnreportedCost(ReconciliationCell cell) =>
        cell.Status == CellStatus.MissingAtProvider && cell.Ledger.Cost is { } cost && cost != Money.Zero
            ? Money.Zero - cost
            : null;

    /// <summary>
    /// The tokens to add or subtract, as text, cached and uncached. Kinds that a report does not distinguish
    /// (reasoning,
    /// cache lifetimes) are compared as sums, so that nothing is added twice.
    /// </summary>
    private static TokenUsage Difference(in TokenUsage there, in TokenUsage here, bool knowsCache)
    {
        var cached = knowsCache ? there.CachedTokens - here.CachedTokens : 0;
        var usage = default(TokenUsage);
        usage.Adjust(UsageKind.CacheRead, cached);
        usage.Adjust(UsageKind.InputText, there.InputTokens - here.InputTokens - cached);
        usage.Adjust(UsageKind.OutputText, there.OutputTokens - here.OutputTokens);
        return usage;
    }
}
