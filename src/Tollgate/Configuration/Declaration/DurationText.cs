using System.Globalization;

namespace Tollgate.Configuration.Declaration;

/// <summary>
/// Parses and formats durations: <c>250ms</c>, <c>1.5s</c>, <c>5m</c>, <c>1h30m</c>. A number without a unit is
/// invalid.
/// </summary>
internal static class DurationText
{
    private static readonly TimeSpan Max = TimeSpan.FromDays(1);
    private static readonly (string Unit, decimal Milliseconds)[] Units =
    [
        ("ms", 1),
        ("s", 1000),
        ("m", 60_000),
        ("h", 3_600_000),
    ];

    public static bool TryRead(string text, string folder, out TimeSpan value)
    {
        value = TimeSpan.Zero;
        var rest = text.AsSpan().Trim();
        while (rest.Length > 0)
        {
            if (!TryReadPart(ref rest, out var part) || value + part > Max)
                return false;
            value += part;
        }

        return value > TimeSpan.Zero;
    }

    public static bool TryReadSeconds(string text, string folder, out TimeSpan value)
    {
        value = TimeSpan.Zero;
        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
            return false;
        if (seconds > (decimal)Max.TotalSeconds)
            return false;
        value = TimeSpan.FromMilliseconds((double)(seconds * 1000));
        return value > TimeSpan.Zero;
    }

    /// <summary>Formats a duration as the shortest number with a unit.</summary>
    public static string Write(TimeSpan value)
    {
        var milliseconds = (decimal)value.TotalMilliseconds;
        var (unit, size) = Units.Last(candidate =>
            candidate.Milliseconds == 1 || milliseconds % candidate.Milliseconds == 0
        );
        return string.Create(CultureInfo.InvariantCulture, $"{milliseconds / size:0.###}{unit}");
    }

    private static bool TryReadPart(ref ReadOnlySpan<char> rest, out TimeSpan part)
    {
        part = TimeSpan.Zero;
        var digits = rest.IndexOfAnyExcept("0123456789.");
        // Nine digits are 31 years in seconds; more would only risk overflow.
        if (digits is < 1 or > 9)
            return false;
        var letters = rest[digits..].IndexOfAnyExcept("hms");
        var unit = letters < 0 ? rest[digits..] : rest.Slice(digits, letters);
        if (
            !decimal.TryParse(
                rest[..digits],
                NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var number
            )
        )
            return false;
        rest = rest[(digits + unit.Length)..];
        foreach (var (name, milliseconds) in Units)
        {
            if (!unit.SequenceEqual(name) || number * milliseconds > (decimal)Max.TotalMilliseconds)
                continue;
            part = TimeSpan.FromMilliseconds((double)(number * milliseconds));
            return true;
        }

        return false;
    }
}
