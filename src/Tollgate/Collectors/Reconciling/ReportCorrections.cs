using Tollgate.Accounting.Rerating;
using Tollgate.Metering.Usage;

namespace Tollgate.Collectors.Reconciling;

/// <summary>Makes the corrections that bring the ledger's sums to the provider's, a day and model each.</summary>
internal static class ReportCorrections
{
    /// <summary>A correction; null where there is nothing to correct.</summary>
    /// <param name="cell">A cell by day and model.</param>
    /// <param name="provider">The provider, as the ledger names it.</param>
    public static ReportCorrection? Of(Comparison cell, string provider)
    {
        var cost = cell.CostDiffers ? cell.CostDifference : MissingThere(cell);
        var usage =
            cell.TokensDiffer && StatesTokens(cell)
                ? Difference(cell.There.Usage, cell.Here.Usage, cell.KnowsCache)
                : default;
        if (cost is null && usage.IsZero)
            return null;
        return new ReportCorrection(provider, cell.Name.Day!.Value, cell.Name.Model!)
        {
            Cost = cost,
            Usage = usage,
            Earlier = cell.Here.Corrections,
        };
    }

    /// <summary>
    /// Whether the report says how many tokens the cell has: some, or by not knowing it at all. Of images and speech it
    /// may state requests or a cost alone; that is no reason to take tokens back.
    /// </summary>
    private static bool StatesTokens(Comparison cell) =>
        cell.KnowsTokens && (!cell.There.Usage.IsZero || (cell.There.IsNothing && cell.There.Requests is null or 0));

    /// <summary>What the provider reports nothing of costs nothing.</summary>
    private static Money? MissingThere(Comparison cell) =>
        cell.Status == CellStatus.MissingThere && cell.Here.Cost is { } cost && cost != Money.Zero
            ? Money.Zero - cost
            : null;

    /// <summary>
    /// What must be added or taken back, as text, cached and uncached. Kinds that a report does not tell apart
    /// (reasoning, the time that a cache lives) are compared as sums, so that nothing is added twice.
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
