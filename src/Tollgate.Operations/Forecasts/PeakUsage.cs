using Tollgate.Accounting.Usage;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Windows;

namespace Tollgate.Operations.Forecasts;

/// <summary>
/// The daily peak usage of a limit with a window of less than a day, from the ledger's 15-minute rollups: the highest
/// sum for a window, the highest deficit for a bucket.
/// </summary>
internal static class PeakUsage
{
    private const int SlotMinutes = 15;

    /// <summary>The reason why such a limit cannot be evaluated from 15-minute rollups; null if it can.</summary>
    public static string? DescribeProblem(Limit limit, DateTimeOffset now) =>
        limit.Window switch
        {
            CalendarWindow calendar when !IsWhole(calendar.At(now).Start) || !IsWhole(calendar.At(now).End) =>
                "its window does not consist of whole quarter hours, the resolution of the ledger's rollups",
            RollingWindow { Length.TotalMinutes: < SlotMinutes } =>
                "its window is shorter than 15 minutes, the resolution of the ledger's rollups",
            BucketWindow bucket when TimeToFill(limit, bucket, now).TotalMinutes < SlotMinutes =>
                "it refills within 15 minutes, the resolution of the ledger's rollups",
            _ => null,
        };

    /// <summary>The peak of each day that has use.</summary>
    /// <param name="limit">The limit, one without a <see cref="DescribeProblem"/>.</param>
    /// <param name="slots">Slots and amounts in US dollars, in order.</param>
    /// <param name="now">The time at which the limit's amount is evaluated.</param>
    /// <param name="dayOf">Returns the day of a given time.</param>
    public static IReadOnlyDictionary<DateOnly, decimal> ByDay(
        Limit limit,
        IReadOnlyList<(DateTimeOffset Slot, decimal Amount)> slots,
        DateTimeOffset now,
        Func<DateTimeOffset, DateOnly> dayOf
    )
    {
        var levels = limit.Window switch
        {
            CalendarWindow calendar => slots
                .GroupBy(slot => calendar.At(slot.Slot).Start)
                .Select(static window => (window.Key, window.Sum(static slot => slot.Amount))),
            RollingWindow rolling => Rolling(slots, rolling.Length),
            BucketWindow bucket => Levels(
                slots,
                LimitAmount.ToUsd(limit.AmountAt(now)!.Value) / (decimal)bucket.Period.TotalMinutes
            ),
            _ => throw new ArgumentOutOfRangeException(
                nameof(limit),
                limit.Window,
                "Its window has no peaks within a day."
            ),
        };
        return levels
            .GroupBy(level => dayOf(level.Item1))
            .ToDictionary(static day => day.Key, static day => day.Max(static level => level.Item2));
    }

    private static bool IsWhole(DateTimeOffset moment) => moment.UtcTicks % UsageSlot.Length.Ticks == 0;

    private static TimeSpan TimeToFill(Limit limit, BucketWindow bucket, DateTimeOffset now) =>
        new(
            (long)
                Math.Min(
                    TimeSpan.MaxValue.Ticks,
                    bucket.Period.Ticks
                        * (LimitAmount.ToUsd(limit.MaxAt(now)!.Value) / LimitAmount.ToUsd(limit.AmountAt(now)!.Value))
                )
        );

    /// <summary>The sum of the slots up to each, as many as the length takes.</summary>
    private static IEnumerable<(DateTimeOffset, decimal)> Rolling(
        IReadOnlyList<(DateTimeOffset Slot, decimal Amount)> slots,
        TimeSpan length
    )
    {
        var (oldest, sum) = (0, 0m);
        foreach (var (slot, amount) in slots)
        {
            sum += amount;
            for (; slot + UsageSlot.Length - slots[oldest].Slot > length && slots[oldest].Slot < slot; oldest++)
                sum -= slots[oldest].Amount;
            yield return (slot, sum);
        }
    }

    /// <summary>The deficit of a bucket at the end of each slot, if nothing had been rejected.</summary>
    private static IEnumerable<(DateTimeOffset, decimal)> Levels(
        IReadOnlyList<(DateTimeOffset Slot, decimal Amount)> slots,
        decimal inflowPerMinute
    )
    {
        var (missing, at) = (0m, DateTimeOffset.MinValue);
        foreach (var (slot, amount) in slots)
        {
            // It fills up long before a period of years could overflow.
            var minutes = Math.Min((decimal)(slot - at).TotalMinutes, 1_000_000);
            missing = Math.Max(0, missing - (minutes * inflowPerMinute)) + amount;
            at = slot;
            yield return (slot, missing);
        }
    }
}
