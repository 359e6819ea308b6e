using System.CommandLine.Parsing;
using System.Globalization;
using Tollgate.Accounting.Usage;

namespace Tollgate.Cli.Parsing;

/// <summary>Days and times on the command line. A day as an end is inclusive; a time without a zone is UTC.</summary>
internal static class Dates
{
    /// <summary>Returns the period between two of them; either may be omitted.</summary>
    /// <exception cref="UsageException">The period ends before it begins.</exception>
    public static UsagePeriod Period(string? start, string? end)
    {
        var last = end is null ? default((DateTimeOffset At, bool IsDay)?) : Parse(end);
        var period = new UsagePeriod(
            start is null ? null : Parse(start)!.Value.At,
            last is { } some ? GetExclusiveEnd(some) : null
        );
        return period.From > period.To || (last?.IsDay == true && period.From == period.To)
            ? throw new UsageException($"The period ends at '{end}', before it begins at '{start}'. Swap the two.")
            : period;
    }

    /// <summary>Adds an error unless the value is a day or a time.</summary>
    public static void Check(OptionResult result)
    {
        if (result.Tokens.Count > 0 && Parse(result.Tokens[0].Value) is null)
            result.AddError(
                $"'{result.Tokens[0].Value}' is not a date. Write it like 2026-11-01 or 2026-11-01T12:00:00Z."
            );
    }

    private static DateTimeOffset GetExclusiveEnd((DateTimeOffset At, bool IsDay) end) =>
        end.IsDay && end.At < DateTimeOffset.MaxValue.AddDays(-1) ? end.At.AddDays(1) : end.At;

    private static (DateTimeOffset At, bool IsDay)? Parse(string text)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return (new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero), true);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? (at, false)
            : null;
    }
}
