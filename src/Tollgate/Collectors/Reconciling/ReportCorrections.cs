using Tollgate.Accounting.Rerating;
using Tollgate.Metering.Pricing;
using Tollgate.Metering.Usage;

namespace Tollgate.Collectors.Reconciling;

/// <summary>Makes the corrections that bring the ledger's sums to the provider's, a day and model each.</summary>
internal static class ReportCorrections
{
    /// <summary>A correction; null where there is nothing to correct, or nothing that can be: a ledger takes no tokens back.</summary>
    /// <param name="cell">A cell by day and model.</param>
    /// <param name="provider">The provider, as the ledger names it.</param>
    public static ReportCorrection? Of(Comparison cell, string provider)
    {
        var cost = cell.CostDiffers ? cell.CostDifference : MissingThere(cell);
        var usage = cell.KnowsTokens && cell.TokensDiffer ? Beyond(cell.There.Usage, cell.Here.Usage, cell.KnowsCache) : default;
        if (cost is null && usage.IsZero) return null;
        return new ReportCorrection(provider, cell.Name.Day!.Value, cell.Name.Model!) { Cost = cost, Usage = usage, Earlier = cell.Here.Corrections };
    }

    /// <summary>What the provider reports nothing of costs nothing.</summary>
    private static Money? MissingThere(Comparison cell) =>
        cell.Status == CellStatus.MissingThere && cell.Here.Cost is { } cost && cost != Money.Zero ? Money.Zero - cost : null;

    /// <summary>
    /// What must be added, as text, cached and uncached. Kinds that a report does not tell apart (reasoning, the time that a cache
    /// lives) are compared as sums, so that nothing is added twice.
    /// </summary>
    private static TokenUsage Beyond(in TokenUsage there, in TokenUsage here, bool knowsCache)
    {
        var cached = knowsCache ? Math.Max(0, there.CachedTokens - here.CachedTokens) : 0;
        var input = Math.Max(0, there.InputTokens - here.InputTokens);
        return new TokenUsage
        {
            [UsageKind.CacheRead] = Math.Min(cached, input),
            [UsageKind.InputText] = input - Math.Min(cached, input),
            [UsageKind.OutputText] = Math.Max(0, there.OutputTokens - here.OutputTokens),
        };
    }
}
