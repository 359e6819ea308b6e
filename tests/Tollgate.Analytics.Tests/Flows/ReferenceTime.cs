using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;

namespace Tollgate.Analytics.Tests.Flows;

/// <summary>A time's text, by regular expressions and the runtime's own calendar.</summary>
internal static partial class ReferenceTime
{
    public static (long? Micros, bool IsMissing) Read(byte[] field)
    {
        var text = Encoding.Latin1.GetString(field).Trim(' ', '\t');
        if (text.Length == 0)
            return (null, true);
        if (text.Length > 60)
            return (null, false);
        if (Number().Match(text) is { Success: true } number)
        {
            var whole = number.Groups[1].Value;
            var perUnit = whole.Length switch
            {
                <= 11 => 1_000_000_000,
                <= 14 => 1_000_000,
                <= 17 => 1000,
                _ => 1,
            };
            var fraction = number.Groups[2].Value.PadRight(9, '0')[..9];
            var nanos =
                (BigInteger.Parse(whole, CultureInfo.InvariantCulture) * perUnit)
                + (BigInteger.Parse(fraction, CultureInfo.InvariantCulture) * perUnit / 1_000_000_000);
            return InRange(nanos / 1000);
        }

        var match = Shape().Match(text);
        if (!match.Success)
            return (null, false);
        int Part(int group) =>
            match.Groups[group].Success ? int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture) : 0;
        DateTime day;
        try
        {
            day = new DateTime(Part(1), Part(2), Part(3), Part(4), Part(5), Part(6));
        }
        catch (ArgumentOutOfRangeException)
        {
            return (null, false);
        }

        if (day.Year is < 2 or > 9998)
            return (null, false);
        var micros =
            ((day - DateTime.UnixEpoch).Ticks / 10)
            + int.Parse(match.Groups[7].Value.PadRight(6, '0')[..6], CultureInfo.InvariantCulture);
        if (!match.Groups[8].Success)
            return (micros, false);
        if (Part(9) > 23 || Part(10) > 59)
            return (null, false);
        var offset = ((Part(9) * 60L) + Part(10)) * 60_000_000;
        return InRange(match.Groups[8].Value == "-" ? micros + offset : micros - offset);
    }

    private static (long?, bool) InRange(BigInteger micros)
    {
        var from = (new DateTime(2, 1, 1) - DateTime.UnixEpoch).Ticks / 10;
        var to = (new DateTime(9999, 1, 1) - DateTime.UnixEpoch).Ticks / 10;
        return micros >= from && micros < to ? ((long)micros, false) : (null, false);
    }

    [GeneratedRegex(@"\A([0-9]{9,19})(?:\.([0-9]*))?\z")]
    private static partial Regex Number();

    [GeneratedRegex(
        @"\A([0-9]{4})-([0-9]{2})-([0-9]{2})"
            + @"(?:[ Tt]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]+))?)?)? *"
            + @"(?:(?i:UTC|GMT|Z)|([+-])([0-9]{2})(?::?([0-9]{2}))?)?\z"
    )]
    private static partial Regex Shape();
}
