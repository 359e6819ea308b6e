using System.Globalization;
using Tollgate.Metering.Limits;

namespace Tollgate.Accounting.Alerts;

/// <summary>Formats the texts of alerts.</summary>
public static class AlertFormatter
{
    /// <summary>
    /// Formats a text such as <c>The limit 'budget' of 'ann' is spent to 80 %: $8.1 of $10 in this month (since
    /// 2026-07-01 00:00 UTC).</c>
    /// </summary>
    /// <param name="limit">The limit.</param>
    /// <param name="crossing">The crossing.</param>
    /// <param name="isOver">True if the window has ended, so that there are no further consequences.</param>
    public static string Format(Limit limit, LimitCrossing crossing, bool isOver = false)
    {
        var whose = new LimitTarget(crossing.Target).ToPhrase();
        var isExceeded = crossing.Used > crossing.Amount;
        var (used, amount) = (
            FormatAmount(crossing.Metric, crossing.Used),
            FormatAmount(crossing.Metric, crossing.Amount)
        );
        if (isOver)
            return string.Create(
                CultureInfo.InvariantCulture,
                $"The limit '{crossing.LimitName}'{whose} "
                    + $"{(isExceeded ? "was exceeded" : $"was spent to {crossing.Threshold} %")}: {used} of {amount} "
                    + $"{UnitOf(crossing.Metric)}in the {crossing.Window} that began at "
                    + $"{crossing.WindowStart?.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC. That window has ended: calls "
                    + $"in flight at its end were recorded later."
            );
        var state = isExceeded ? "is exceeded" : $"is spent to {crossing.Threshold} %";
        var since = crossing.WindowStart is { } start
            ? string.Create(CultureInfo.InvariantCulture, $" (since {start.UtcDateTime:yyyy-MM-dd HH:mm} UTC)")
            : "";
        return $"The limit '{crossing.LimitName}'{whose} {state}: {used} of {amount} "
            + $"{UnitOf(crossing.Metric)}{FormatWindow(crossing.Window)}{since}. {FormatConsequence(limit, crossing)}";
    }

    /// <summary>Formats an amount for people: with a dollar sign if it is money.</summary>
    public static string FormatAmount(LimitMetric metric, Int128 amount) =>
        LimitAmount.IsMoney(metric)
            ? $"{(amount < 0 ? "-" : "")}${LimitAmount.ToText(metric, Int128.Abs(amount))}"
            : LimitAmount.ToText(metric, amount);

    private static string UnitOf(LimitMetric metric) =>
        metric switch
        {
            LimitMetric.Requests => "requests ",
            LimitMetric.InputTokens => "input tokens ",
            LimitMetric.OutputTokens => "output tokens ",
            LimitMetric.TotalTokens => "tokens ",
            _ => "",
        };

    private static string FormatWindow(string window) => window == "total" ? "in total" : $"in this {window}";

    private static string FormatConsequence(Limit limit, LimitCrossing crossing) =>
        limit.Mode switch
        {
            LimitMode.Hard when crossing.Used >= crossing.Amount =>
                "Calls are refused until the window ends or the limit is increased.",
            LimitMode.Hard => "Calls that would exceed it are refused.",
            LimitMode.Soft => "It is a soft limit: calls continue.",
            _ => "It is a shadow limit: calls continue.",
        };
}
