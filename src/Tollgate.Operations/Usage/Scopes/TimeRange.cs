using System.Globalization;
using Tollgate.Accounting.Time;
using Tollgate.Accounting.Usage;

namespace Tollgate.Operations.Usage.Scopes;

/// <summary>A range of time that a caller asks about, with the time zone of its days.</summary>
public sealed record TimeRange
{
    private readonly DateTimeOffset _from,
        _to;

    /// <summary>Its start, inclusive, in UTC to the microsecond.</summary>
    public required DateTimeOffset From
    {
        get => _from;
        init => _from = Truncate(value);
    }

    /// <summary>Its end, exclusive, in UTC to the microsecond.</summary>
    public required DateTimeOffset To
    {
        get => _to;
        init => _to = Truncate(value);
    }

    /// <summary>The time zone of days, weeks and months.</summary>
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>The name of a range that moves with the clock, such as <c>24h</c>; null for two fixed times.</summary>
    public string? Name { get; init; }

    /// <summary>The period of the records.</summary>
    public UsagePeriod Period => new(From, To);

    /// <summary>The time between start and end.</summary>
    public TimeSpan Length => To - From;

    /// <summary>
    /// Returns the range of the same length before (-1) or after (1) this one. Whole days stay whole days across a
    /// change of the clock.
    /// </summary>
    public TimeRange Shift(int steps)
    {
        var (from, to) = (ToClock(From), ToClock(To));
        if (from.TimeOfDay != TimeSpan.Zero || to.TimeOfDay != TimeSpan.Zero)
            return this with { From = From + (steps * Length), To = To + (steps * Length), Name = null };
        var days = (to - from).Days;
        return ShiftClock(local => local.AddDays(steps * days));
    }

    /// <summary>Moves both ends by the clock of the time zone.</summary>
    internal TimeRange ShiftClock(Func<DateTime, DateTime> shift)
    {
        var from = UsageBuckets.Midnight(shift(ToClock(From)), Zone);
        var to = UsageBuckets.Midnight(shift(ToClock(To)), Zone);
        // The last days of a long month may all become the last day of a short one.
        return this with { From = from, To = to > from ? to : from + Length, Name = null };
    }

    /// <summary>
    /// Returns the parameters of a URL from which <see cref="TimeRangeParser"/> reads the same range: <c>range</c>, or
    /// <c>from</c> and <c>to</c>; and <c>tz</c> unless it is UTC.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, string>> ToParameters()
    {
        var parameters = new List<KeyValuePair<string, string>>();
        if (Name is not null)
            parameters.Add(new("range", Name));
        else
            parameters.AddRange([new("from", Format(From)), new("to", Format(To))]);
        if (Zone.Id != TimeZoneInfo.Utc.Id)
            parameters.Add(new("tz", Zone.Id));
        return parameters;
    }

    /// <summary>
    /// Returns the time on the clock. The start of a day is midnight, also on a day on which the clock skips it.
    /// </summary>
    private DateTime ToClock(DateTimeOffset time)
    {
        var local = TimeZoneInfo.ConvertTime(time, Zone).DateTime;
        return UsageBuckets.Midnight(local.Date, Zone) == time ? local.Date : local;
    }

    private static DateTimeOffset Truncate(DateTimeOffset time) => StoredTime.ToTime(time.ToMicros());

    private static string Format(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);
}
