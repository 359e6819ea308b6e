using Tollgate.Metering.Limits;

namespace Tollgate.Operations.Limits;

/// <summary>Amounts of limits as people and programs read them.</summary>
internal static class LimitNumber
{
    /// <summary>Converts an amount in the metric's unit: US dollars for money, otherwise the plain number.</summary>
    public static decimal Create(LimitMetric metric, Int128 amount) =>
        LimitAmount.IsMoney(metric) ? LimitAmount.ToUsd(amount) : (decimal)amount;

    /// <summary>Converts an amount; null if there is none.</summary>
    public static decimal? Create(LimitMetric metric, Int128? amount) =>
        amount is { } known ? Create(metric, known) : null;
}
