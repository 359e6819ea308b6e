namespace Tollgate.Metering.Limits.Windows;

/// <summary>Formats durations in words.</summary>
internal static class DurationFormatter
{
    private static readonly (string Word, TimeSpan Length)[] Units =
    [
        ("day", TimeSpan.FromDays(1)),
        ("hour", TimeSpan.FromHours(1)),
        ("minute", TimeSpan.FromMinutes(1)),
        ("second", TimeSpan.FromSeconds(1)),
    ];

    /// <summary>
    /// Formats a duration, such as <c>90 minutes</c> or <c>hour</c>, in the largest unit that needs no fraction.
    /// </summary>
    public static string Format(TimeSpan length)
    {
        foreach (var (word, unit) in Units)
            if (length.Ticks % unit.Ticks == 0)
                return length == unit ? word : $"{length.Ticks / unit.Ticks} {word}s";
        return length.ToString("c");
    }
}
