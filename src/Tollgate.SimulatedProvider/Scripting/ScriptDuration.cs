using System.Globalization;

namespace Tollgate.SimulatedProvider.Scripting;

/// <summary>
/// Durations as scripts write them: <c>250us</c>, <c>20ms</c>, <c>1.5s</c>, <c>2m</c>; a bare number is milliseconds.
/// </summary>
internal static class ScriptDuration
{
    private static readonly TimeSpan MaxDuration = TimeSpan.FromHours(1);

    private static readonly (string Suffix, double Milliseconds)[] Units =
    [
        ("us", 0.001),
        ("ms", 1),
        ("s", 1000),
        ("m", 60_000),
        ("", 1),
    ];

    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        foreach (var (suffix, milliseconds) in Units)
        {
            if (!text.EndsWith(suffix, StringComparison.Ordinal))
                continue;
            var number = text.AsSpan(0, text.Length - suffix.Length);
            if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
                return false;
            var total = value * milliseconds;
            if (total > MaxDuration.TotalMilliseconds)
                return false;
            duration = TimeSpan.FromMilliseconds(total);
            return true;
        }

        return false;
    }
}
