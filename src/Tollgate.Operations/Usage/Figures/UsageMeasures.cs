using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace Tollgate.Operations.Usage.Figures;

/// <summary>Computes measures of totals.</summary>
public static class UsageMeasures
{
    /// <summary>True if the values of parts add up to the value of the whole; false for averages and shares.</summary>
    public static bool IsAdditive(this UsageMeasure measure) => measure < UsageMeasure.MeanDuration;

    /// <summary>True if the value is an amount of US dollars.</summary>
    public static bool IsMoney(this UsageMeasure measure) => measure is UsageMeasure.Cost or UsageMeasure.CostPerCall;

    /// <summary>
    /// Returns the value of a measure; null if unknown: an average without calls, or a cost of which nothing has a
    /// price.
    /// </summary>
    public static decimal? GetValue(this UsageMeasure measure, UsageTotals totals) =>
        measure switch
        {
            UsageMeasure.Cost => IsCostUnknown(totals) ? null : totals.Cost.Usd,
            UsageMeasure.Calls => totals.Calls,
            UsageMeasure.Errors => totals.Errors,
            UsageMeasure.Unpriced => totals.Unpriced,
            UsageMeasure.Estimated => totals.Estimated,
            UsageMeasure.InputTokens => totals.Usage.InputTokens,
            UsageMeasure.CachedTokens => totals.Usage.CachedTokens,
            UsageMeasure.OutputTokens => totals.Usage.OutputTokens,
            UsageMeasure.ReasoningTokens => totals.Usage[UsageKind.OutputReasoning],
            UsageMeasure.TotalTokens => totals.Usage.TotalTokens,
            UsageMeasure.Duration => Seconds(totals.Duration),
            UsageMeasure.MeanDuration => Divide(Seconds(totals.Duration), totals.Calls, 6),
            UsageMeasure.ErrorRate => Divide(totals.Errors, totals.Calls, 6),
            UsageMeasure.CacheShare => Divide(totals.Usage.CachedTokens, totals.Usage.InputTokens, 6),
            UsageMeasure.CostPerCall => Divide(totals.Cost.Usd, totals.Calls - totals.Unpriced, Money.Decimals),
            _ => throw new ArgumentOutOfRangeException(nameof(measure), measure, "Unknown measure."),
        };

    /// <summary>
    /// True if no call has a price. A correction may still have changed the cost, which is then known.
    /// </summary>
    private static bool IsCostUnknown(UsageTotals totals) =>
        totals.Calls > 0 && totals.Unpriced == totals.Calls && totals.Cost == Money.Zero;

    private static decimal Seconds(TimeSpan duration) => duration.Ticks / (decimal)TimeSpan.TicksPerSecond;

    private static decimal? Divide(decimal sum, long count, int decimals) =>
        count <= 0 ? null : decimal.Round(sum / count, decimals);
}
