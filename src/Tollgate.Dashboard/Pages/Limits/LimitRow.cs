using Tollgate.Dashboard.Figures;
using Tollgate.Metering.Limits;
using Tollgate.Operations.Limits;

namespace Tollgate.Dashboard.Pages.Limits;

/// <summary>A limit with one of its counters.</summary>
/// <param name="Limit">The limit.</param>
/// <param name="Usage">The used and remaining amounts; null if nothing was counted yet.</param>
public sealed record LimitRow(LimitDetails Limit, LimitUsage? Usage)
{
    /// <summary>The unit of its amounts.</summary>
    public FigureUnit Unit =>
        Limit.Metric is LimitMetric.Cost or LimitMetric.CostPerRequest ? FigureUnit.Usd : FigureUnit.Number;

    /// <summary>The part that is used, from 0; null if there is no amount.</summary>
    public decimal? UsedPart => Usage is { Amount: > 0 } usage ? usage.Used / usage.Amount.Value : null;

    /// <summary>The calls that it applies to, for people.</summary>
    public string Applies =>
        Limit.Scope.Count == 0
            ? "all calls"
            : string.Join(
                ", ",
                Limit.Scope.Select(
                    (term, index) =>
                        $"{EnumText.Words(term.Dimension)} {term.Value ?? Target(index) ?? "(each)"}"
                )
            );

    private string? Target(int index)
    {
        var position = Limit.Scope.Take(index).Count(static term => term.Value is null);
        return Usage is { } usage && position < usage.Target.Count ? usage.Target[position] : null;
    }
}
