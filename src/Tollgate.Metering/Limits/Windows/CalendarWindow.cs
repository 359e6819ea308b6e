namespace Tollgate.Metering.Limits.Windows;

/// <summary>
/// Consecutive windows without gaps, before and after an anchor. Seconds, minutes and hours are of fixed length; days
/// and longer units start at a local time of a time zone and are as long as that makes them.
/// </summary>
/// <remarks>
/// The nth window of months starts n months after the anchor, counted from the anchor itself: from January 31, the
/// windows start on February 28 or 29 and on March 31. If a clock change skips the local time of a start, the window
/// starts at the first instant after it; if the local time occurs twice, the first occurrence counts.
/// </remarks>
public sealed record CalendarWindow : LimitWindow
{
    /// <summary>A Thursday; days are counted from here.</summary>
    private static readonly DateTime Epoch = new(1970, 1, 1);

    private static readonly DateTime FirstMonday = new(1970, 1, 5);

    /// <summary>More than the largest offset that exists, and short enough to contain only one clock change.</summary>
    private static readonly TimeSpan AroundChange = TimeSpan.FromHours(26);

    /// <summary>Creates windows of a number of units.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="count">How many units make one window; at least 1.</param>
    /// <param name="zone">The time zone whose midnight counts; null means UTC.</param>
    /// <param name="anchor">
    /// A local time at which one of the windows starts; null means the natural one of the unit.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The count is not 1 to 100,000.</exception>
    public CalendarWindow(CalendarUnit unit, int count = 1, TimeZoneInfo? zone = null, DateTime? anchor = null)
    {
        if (count is < 1 or > 100_000)
            throw new ArgumentOutOfRangeException(nameof(count), count, "A window must have 1 to 100,000 units.");
        (Unit, Count, Zone) = (unit, count, zone ?? TimeZoneInfo.Utc);
        Anchor = DateTime.SpecifyKind(
            anchor ?? (unit == CalendarUnit.Week ? FirstMonday : Epoch),
            DateTimeKind.Unspecified
        );
    }

    /// <summary>The unit.</summary>
    public CalendarUnit Unit { get; }

    /// <summary>The number of units in one window.</summary>
    public int Count { get; }

    /// <summary>The time zone whose local time counts.</summary>
    public TimeZoneInfo Zone { get; }

    /// <summary>The local time at which one of the windows starts.</summary>
    public DateTime Anchor { get; }

    /// <inheritdoc/>
    public override string Text =>
        Count == 1 ? Unit.ToString().ToLowerInvariant() : $"{Count} {Unit.ToString().ToLowerInvariant()}s";

    /// <summary>The window that contains an instant.</summary>
    public WindowSpan At(DateTimeOffset moment) =>
        FixedLength is { } length ? FixedLengthWindowAt(moment, length) : CalendarWindowAt(moment);

    private TimeSpan? FixedLength =>
        Unit switch
        {
            CalendarUnit.Second => TimeSpan.FromSeconds(Count),
            CalendarUnit.Minute => TimeSpan.FromMinutes(Count),
            CalendarUnit.Hour => TimeSpan.FromHours(Count),
            _ => null,
        };

    private WindowSpan FixedLengthWindowAt(DateTimeOffset moment, TimeSpan length)
    {
        var since = moment.UtcTicks - ToInstant(Anchor).UtcTicks;
        var into = ((since % length.Ticks) + length.Ticks) % length.Ticks;
        var start = new DateTimeOffset(moment.UtcTicks - into, TimeSpan.Zero);
        return new WindowSpan(start, start + length);
    }

    private WindowSpan CalendarWindowAt(DateTimeOffset moment)
    {
        var index = EstimateIndex(TimeZoneInfo.ConvertTime(moment, Zone).DateTime);
        while (GetStart(index) > moment)
            index--;
        while (GetStart(index + 1) <= moment)
            index++;
        return new WindowSpan(GetStart(index), GetStart(index + 1));
    }

    /// <summary>The index of a local time's window, or one next to it.</summary>
    private long EstimateIndex(DateTime local) =>
        Unit switch
        {
            CalendarUnit.Day or CalendarUnit.Week => (long)
                Math.Floor((local - Anchor).TotalDays / (Count * DaysPerUnit(Unit))),
            _ => (long)
                Math.Floor(
                    (((local.Year - Anchor.Year) * 12) + local.Month - Anchor.Month)
                        / (double)(Count * MonthsPerUnit(Unit))
                ),
        };

    private DateTimeOffset GetStart(long index) =>
        Unit is CalendarUnit.Day or CalendarUnit.Week
            ? ToInstant(Anchor.AddDays(index * Count * DaysPerUnit(Unit)))
            : ToInstant(Anchor.AddMonths((int)(index * Count * MonthsPerUnit(Unit))));

    private static int DaysPerUnit(CalendarUnit unit) => unit == CalendarUnit.Week ? 7 : 1;

    private static int MonthsPerUnit(CalendarUnit unit) =>
        unit switch
        {
            CalendarUnit.Month => 1,
            CalendarUnit.Quarter => 3,
            _ => 12,
        };

    /// <summary>The first instant at which the zone's clocks show a local time or a later one.</summary>
    private DateTimeOffset ToInstant(DateTime local)
    {
        // The zone is only asked for the offset at an instant: its answers for local times near a change are not
        // reliable.
        var before = Zone.GetUtcOffset(new DateTimeOffset(local, TimeSpan.Zero) - AroundChange);
        var after = Zone.GetUtcOffset(new DateTimeOffset(local, TimeSpan.Zero) + AroundChange);
        var early = new DateTimeOffset(local - before, TimeSpan.Zero);
        if (before == after || Zone.GetUtcOffset(early) == before)
            return early;
        var late = new DateTimeOffset(local - after, TimeSpan.Zero);
        return Zone.GetUtcOffset(late) == after ? late : FindOffsetChange(late, early, before);
    }

    /// <summary>The instant, to the second, at which an offset ends: the clocks skip a local time.</summary>
    private DateTimeOffset FindOffsetChange(DateTimeOffset holds, DateTimeOffset over, TimeSpan offset)
    {
        while (over - holds > TimeSpan.FromSeconds(1))
        {
            var middle = holds + TimeSpan.FromSeconds(Math.Floor((over - holds).TotalSeconds / 2));
            if (Zone.GetUtcOffset(middle) == offset)
                holds = middle;
            else
                over = middle;
        }

        return over;
    }
}

/// <summary>One window: from its start (inclusive) to its end (exclusive).</summary>
/// <param name="Start">The first instant (UTC).</param>
/// <param name="End">The first instant after it (UTC).</param>
public readonly record struct WindowSpan(DateTimeOffset Start, DateTimeOffset End)
{
    /// <summary>True if an instant is in it.</summary>
    public bool Contains(DateTimeOffset moment) => Start <= moment && moment < End;
}
