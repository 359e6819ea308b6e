using Tollgate.Accounting.Usage;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Windows;

namespace Tollgate.Cli.Forecasts;

/// <summary>
/// What a limit on less than a day saw at most on each day, from the ledger's sums of 15 minutes: of a window the
/// highest sum, of a bucket the most that was taken and had not flowed back.
/// </summary>
internal static class SlotPeaks
{
    private const int SlotMinutes = 15;

    /// <summary>Why such a limit cannot be told from sums of 15 minutes; null where it can.</summary>
    public static string? Problem(Limit limit, DateTimeOffset now) =>
        limit.Window switch
        {
            CalendarWindow calendar when !IsWhole(calendar.At(now).Start) || !IsWhole(calendar.At(now).End) =>
                "its window is not made of whole quarters of an hour, of which the ledger keeps sums",
            RollingWindow { Length.TotalMinutes: < SlotMinutes } =>
                "its window is shorter than the 15 minutes of which the ledger keeps sums",
            BucketWindow bucket when TimeToFill(limit, bucket, now).TotalMinutes < SlotMinutes =>
                "it fills within the 15 minutes of which the ledger keeps sums",
            _ => null,
        };

    /// <summary>The peak of each day that has use.</summary>
    /// <param name="limit">The limit, one without a <see cref="Problem"/>.</param>
    /// <param name="slots">Slots and amounts in US dollars, in order.</param>
    /// <param name="now">When the limit's amount is looked at.</param>
    /// <param name="dayOf">The day that a moment is in.</param>
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
                        * (LimitAmount.ToUsd(limit.MostAt(now)!.Value) / LimitAmount.ToUsd(limit.AmountAt(now)!.Value))
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

    /// <summary>What is missing in a bucket at the end of each slot, where nothing was refused.</summary>
    private static IEnumerable<(DateTimeOffset, decimal)> Levels(
        IReadOnlyList<(DateTimeOffset Slot, decimal Amount)> slots,
        decimal inflowPerMinute
    )
    {
        var (missing, at) = (0m, DateTimeOffset.MinValue);
        foreach (var (slot, amount) in slots)
        {
            // It fills up long before a stretch of years would overflow anything.
            var minutes = Math.Min((decimal)(slot - at).TotalMinutes, 1_000_000);
            missing = Math.Max(0, missing - (minutes * inflowPerMinute)) + amount;
            at = slot;
            yield return (slot, missing);
        }
    }
}
