using System.Globalization;
using Tollgate.Accounting.Limits.Admission;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Text;
using Tollgate.Metering.Limits.Windows;

namespace Tollgate.Operations.Limits;

/// <summary>Formats limits and their status for people.</summary>
internal static class LimitFormatter
{
    /// <summary>
    /// The remaining amount of each, such as <c>requests_per_day=7; total_cost=1.25</c>; null if there is no limit.
    /// </summary>
    public static string? FormatRemaining(IReadOnlyList<LimitStatus> statuses) =>
        statuses.Count == 0
            ? null
            : string.Join(
                "; ",
                statuses.Select(static status =>
                    $"{status.Limit.Id}{FormatTarget(status.Target)}="
                    + $"{LimitText.FormatAmount(status.Limit.Metric, status.Left)}"
                )
            );

    /// <summary>Reports a breached limit, with its usage and amount.</summary>
    public static string FormatBreach(LimitStatus status) =>
        $"The limit '{status.Limit.Id}'{FormatTarget(status.Target)} is breached: "
        + $"{FormatAmount(status.Limit, status.Used)} used of {FormatAmount(status.Limit, status.Limit.Amount)}.";

    /// <summary>Explains what a limit means for a call, what is left of it and when it resets.</summary>
    public static string Explain(LimitStatus status, DateTimeOffset now)
    {
        var limit = status.Limit;
        var name = $"{limit.Id}{FormatTarget(status.Target)}";
        var amount = limit.AmountAt(now);
        if (amount is null)
            return $"{name}: no limit; {FormatAmount(limit, status.Used)} used.";
        if (amount == 0)
            return $"{name}: {FormatEffect(limit, "rejects every such call", "would reject every such call")}.";
        var what = limit.Window is BucketWindow bucket
            ? $"{name}: a bucket "
                + $"of {FormatAmount(limit, limit.MaxAt(now))} {LimitName.Format(limit.Metric).Replace('_', ' ')}, "
                + $"refilled by {FormatAmount(limit, amount)} in each {bucket.Text["bucket ".Length..]}"
            : $"{name}: at most {FormatAmount(limit, amount)} {Counted(limit)}";
        if (limit.Metric == LimitMetric.CostPerRequest)
            return $"{what}. {Mode(limit)}";
        var raised =
            limit.TemporaryIncrease is { } increase && amount != limit.Amount
                ? $" (increased from {FormatAmount(limit, limit.Amount)} until {increase.Until:u})"
                : "";
        return $"{what}{raised}; {FormatAmount(limit, status.Used)} used, {FormatAmount(limit, status.Reserved)} "
            + $"reserved, {FormatAmount(limit, status.Left)} left. {Reset(status)}{Mode(limit)}";
    }

    /// <summary>An amount, with a dollar sign for money; <c>no limit</c> if there is none.</summary>
    public static string FormatAmount(Limit limit, Int128? amount) =>
        amount is not { } most ? "no limit"
        : LimitAmount.IsMoney(limit.Metric) ? $"${LimitAmount.ToText(limit.Metric, most)}"
        : LimitAmount.ToText(limit.Metric, most);

    /// <summary>Formats the target of a counter.</summary>
    public static string FormatTarget(string target) => target.Length == 0 ? "" : $" of {new LimitTarget(target)}";

    private static string Counted(Limit limit) =>
        limit.Metric switch
        {
            LimitMetric.ConcurrentRequests => "concurrent requests",
            LimitMetric.CostPerRequest => "for one request",
            LimitMetric.Cost => Within(limit),
            _ => $"{LimitName.Format(limit.Metric).Replace('_', ' ')} {Within(limit)}",
        };

    private static string Within(Limit limit) =>
        limit.Window switch
        {
            TotalWindow => "in all",
            RollingWindow rolling => $"in any {rolling.Text["rolling ".Length..]}",
            _ => $"in each {limit.Window.Text}",
        };

    private static string Reset(LimitStatus status) =>
        status switch
        {
            { ResetsAt: { } at, Limit.Window: BucketWindow } => $"It is full again at {Time(at)}. ",
            { ResetsAt: { } at, Limit.Window: RollingWindow } => $"The oldest part of that expires at {Time(at)}. ",
            { ResetsAt: { } at } => $"It resets at {Time(at)}. ",
            { Limit.Window: TotalWindow } => "It never resets. ",
            _ => "",
        };

    private static string Mode(Limit limit) =>
        limit.Mode switch
        {
            LimitMode.Hard => "Calls beyond it are rejected.",
            LimitMode.Soft => "Calls beyond it pass and are marked.",
            _ => "It only counts calls.",
        };

    private static string FormatEffect(Limit limit, string hard, string other) =>
        limit.Mode == LimitMode.Hard ? hard : other;

    private static string Time(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
