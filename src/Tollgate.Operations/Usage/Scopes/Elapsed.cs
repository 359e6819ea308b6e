using System.Globalization;

namespace Tollgate.Operations.Usage.Scopes;

/// <summary>Lengths of time such as <c>15m</c>, <c>24h</c>, <c>7d</c> and <c>2w</c>.</summary>
internal static class Elapsed
{
    private const int MaxDays = 100_000;

    public static bool TryParse(ReadOnlySpan<char> text, out TimeSpan length)
    {
        length = default;
        if (!TryParseCount(text, out var count))
            return false;
        var hours = text[^1] switch
        {
            'm' => count / 60m,
            'h' => count,
            'd' => count * 24m,
            'w' => count * 168m,
            _ => 0,
        };
        if (hours is 0 or > MaxDays * 24)
            return false;
        length = TimeSpan.FromTicks((long)(hours * TimeSpan.TicksPerHour));
        return true;
    }

    /// <summary>Reads the number in front of the unit.</summary>
    public static bool TryParseCount(ReadOnlySpan<char> text, out int count)
    {
        count = 0;
        return text.Length > 1
            && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out count)
            && count > 0;
    }
}
