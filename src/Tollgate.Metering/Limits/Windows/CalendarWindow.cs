namespace Tollgate.Metering.Limits.Windows;

/// <summary>
/// Windows that follow one another without a gap from an anchor on, before and after it. Seconds, minutes and hours are
/// of fixed length; days and longer units begin at a local time of a time zone and are as long as that makes them.
/// </summary>
/// <remarks>
/// The nth window of months begins n months after the anchor, counted from the anchor itself: from the 31st of January
/// the windows begin on the 28th or 29th of February and on the 31st of March. A local time that a change of the clock
/// leaves out begins its window at the first moment after it; of one that comes twice the first counts.
/// </remarks>
public sealed record CalendarWindow : LimitWindow
{
    /// <summary>A Thursday; days are counted from here.</summary>
    private static readonly DateTime Epoch = new(1970, 1, 1);

    private static readonly DateTime FirstMonday = new(1970, 1, 5);

    /// <summary>Beyond the greatest offset there is, and short enough to see but one change of the clock.</summary>
    private static readonly TimeSpan AroundChange = TimeSpan.FromHours(26);

    /// <summary>Windows of some units.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="count">How many units make one window; at least 1.</param>
    /// <param name="zone">Whose midnight counts; null is UTC.</param>
    /// <param name="anchor">A local time at which one of the windows begins; null is the natural one of the
    /// unit.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is not 1 to 100,000.</exception>
    public CalendarWindow(CalendarUnit unit, int count = 1, TimeZoneInfo? zone = null, DateTime? anchor = null)
    {
        if (count is < 1 or > 100_000)
            throw new ArgumentOutOfRangeException(nameof(count), count, "A window has 1 to 100,000 units.");
        (Unit, Count, Zone) = (unit, count, zone ?? TimeZoneInfo.Utc);
        Anchor = DateTime.SpecifyKind(
            anchor ?? (unit == CalendarUnit.Week ? FirstMonday : Epoch),
            DateTimeKind.Unspecified
        );
    }

    /// <summary>The unit.</summary>
    public CalendarUnit Unit { get; }

    /// <summary>How many units make one window.</summary>
    public int Count { get; }

    /// <summary>Whose local time counts.</summary>
    public TimeZoneInfo Zone { get; }

    /// <summary>The local time at which one of the windows begins.</summary>
    public DateTime Anchor { get; }

    /// <inheritdoc/>
    public override string Text =>
        Count == 1 ? Unit.ToString().ToLowerInvariant() : $"{Count} {Unit.ToString().ToLowerInvariant()}s";

    /// <summary>The window that a moment is in.</summary>
    public WindowSpan At(DateTimeOffset moment) =>
        FixedLength is { } length ? OfFixedLength(moment, length) : OfCalendar(moment);

    private TimeSpan? FixedLength =>
        Unit switch
        {
            CalendarUnit.Second => TimeSpan.FromSeconds(Count),
            CalendarUnit.Minute => TimeSpan.FromMinutes(Count),
            CalendarUnit.Hour => TimeSpan.FromHours(Count),
            _ => null,
        };

    private WindowSpan OfFixedLength(DateTimeOffset moment, TimeSpan length)
    {
        var since = moment.UtcTicks - StartAt(Anchor).UtcTicks;
        var into = ((since % length.Ticks) + length.Ticks) % length.Ticks;
        var start = new DateTimeOffset(moment.UtcTicks - into, TimeSpan.Zero);
        return new WindowSpan(start, start + length);
    }

    private WindowSpan OfCalendar(DateTimeOffset moment)
    {
        var index = Guess(TimeZoneInfo.ConvertTime(moment, Zone).DateTime);
        while (StartOf(index) > moment)
            index--;
        while (StartOf(index + 1) <= moment)
            index++;
        return new WindowSpan(StartOf(index), StartOf(index + 1));
    }

    /// <summary>The number of a local time's window, or one beside it.</summary>
    private long Guess(DateTime local) =>
        Unit switch
        {
            CalendarUnit.Day or CalendarUnit.Week => (long)
                Math.Floor((local - Anchor).TotalDays / (Count * DaysOf(Unit))),
            _ => (long)
                Math.Floor(
                    (((local.Year - Anchor.Year) * 12) + local.Month - Anchor.Month) / (double)(Count * MonthsOf(Unit))
                ),
        };

    private DateTimeOffset StartOf(long index) =>
        Unit is CalendarUnit.Day or CalendarUnit.Week
            ? StartAt(Anchor.AddDays(index * Count * DaysOf(Unit)))
            : StartAt(Anchor.AddMonths((int)(index * Count * MonthsOf(Unit))));

    private static int DaysOf(CalendarUnit unit) => unit == CalendarUnit.Week ? 7 : 1;

    private static int MonthsOf(CalendarUnit unit) =>
        unit switch
        {
            CalendarUnit.Month => 1,
            CalendarUnit.Quarter => 3,
            _ => 12,
        };

    /// <summary>The first moment at which the zone's clocks show a local time or a later one.</summary>
    private DateTimeOffset StartAt(DateTime local)
    {
        // The zone is only asked for the offset of moments: what it says of local times near a change is not reliable.
        var before = Zone.GetUtcOffset(new DateTimeOffset(local, TimeSpan.Zero) - AroundChange);
        var after = Zone.GetUtcOffset(new DateTimeOffset(local, TimeSpan.Zero) + AroundChange);
        var early = new DateTimeOffset(local - before, TimeSpan.Zero);
        if (before == after || Zone.GetUtcOffset(early) == before)
            return early;
        var late = new DateTimeOffset(local - after, TimeSpan.Zero);
        return Zone.GetUtcOffset(late) == after ? late : ChangeBetween(late, early, before);
    }

    /// <summary>
    /// The moment, to the second, from which on an offset no longer holds: the clocks are put forward over a local
    /// time.
    /// </summary>
    private DateTimeOffset ChangeBetween(DateTimeOffset holds, DateTimeOffset over, TimeSpan offset)
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

/// <summary>One window: from its start, up to and without its end.</summary>
/// <param name="Start">The first moment (UTC).</param>
/// <param name="End">The first moment after it (UTC).</param>
public readonly record struct WindowSpan(DateTimeOffset Start, DateTimeOffset End)
{
    /// <summary>Whether a moment is in it.</summary>
    public bool Contains(DateTimeOffset moment) => Start <= moment && moment < End;
}
