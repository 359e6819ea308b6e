using System.Globalization;

namespace Tollgate.Metering.Pricing;

/// <summary>Parses a decimal number, including exponents such as <c>7.5e-08</c>, exactly or not at all.</summary>
/// <remarks>
/// <see cref="decimal.Parse(string)"/> would silently round more than 28 digits, and a double more than 15.
/// </remarks>
internal static class ExactDecimal
{
    private const int MaxDigits = 28;

    public static bool TryParse(ReadOnlySpan<char> text, out decimal value)
    {
        value = 0;
        var negative = text.StartsWith("-");
        if (negative)
            text = text[1..];
        var exponent = 0;
        if (text.IndexOfAny('e', 'E') is >= 0 and var e)
        {
            if (
                !int.TryParse(
                    text[(e + 1)..],
                    NumberStyles.AllowLeadingSign,
                    CultureInfo.InvariantCulture,
                    out exponent
                )
            )
                return false;
            text = text[..e];
        }

        var point = text.IndexOf('.');
        var whole = point < 0 ? text : text[..point];
        var fraction = point < 0 ? [] : text[(point + 1)..].TrimEnd('0');
        if (whole.IsEmpty || !AreDigits(whole) || !AreDigits(fraction))
            return false;
        return TryCompose(string.Concat(whole, fraction), exponent - (long)fraction.Length, negative, out value);
    }

    /// <summary>
    /// One by one: vectorized searches are compiled at each program start, which does not pay off for a handful of
    /// digits.
    /// </summary>
    private static bool AreDigits(ReadOnlySpan<char> text)
    {
        foreach (var digit in text)
            if (!char.IsAsciiDigit(digit))
                return false;
        return true;
    }

    private static bool TryCompose(string padded, long exponent, bool negative, out decimal value)
    {
        value = 0;
        var significant = padded.TrimStart('0');
        var digits = significant.TrimEnd('0');
        if (digits.Length == 0)
            return true;
        exponent += significant.Length - digits.Length;
        if (digits.Length > MaxDigits || exponent < -MaxDigits || digits.Length + Math.Max(exponent, 0) > MaxDigits)
            return false;

        var zeros = (int)Math.Max(exponent, 0);
        var bits = decimal.GetBits(
            decimal.Parse(digits + new string('0', zeros), NumberStyles.None, CultureInfo.InvariantCulture)
        );
        value = new decimal(bits[0], bits[1], bits[2], negative, (byte)Math.Max(-exponent, 0));
        return true;
    }
}
