using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;

namespace Tollgate.Analytics.Flows.Reading;

/// <summary>
/// Parses a number of tokens in units of 1e-9 token: digits with or without a fraction and an exponent, such as
/// <c>116882.0</c> or <c>1.2e5</c>. Finer digits are rounded, half up. An empty field is 0.
/// </summary>
internal static class FlowNumber
{
    /// <summary>The maximum tokens in a field: input and output together still fit into 64 bits.</summary>
    public const long MaxTokens = 4_000_000_000;

    /// <summary>A longer field is not a number.</summary>
    public const int MaxLength = 256;

    /// <summary>The same in units of 1e-9 token.</summary>
    public const long MaxNano = MaxTokens * TokenAmount.PerToken;

    private const long Unit = TokenAmount.PerToken;

    /// <summary>Null if the text was parsed; otherwise the problem.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static RejectReason? Read(ReadOnlySpan<byte> text, out long nano)
    {
        nano = 0;
        if (text.IsEmpty)
            return null;

        // Digits, then optionally a point and up to nine more: almost all numbers.
        ulong whole = 0;
        var at = 0;
        for (; at < text.Length && at < 10 && (uint)(text[at] - '0') is var digit and <= 9; at++)
            whole = (whole * 10) + digit;
        if (at is 0 or 10)
            return ReadAny(text, out nano);
        if (at < text.Length)
        {
            if (text[at] != '.' || text.Length - at > 10)
                return ReadAny(text, out nano);
            ulong fraction = 0;
            var scale = (ulong)Unit;
            for (at++; at < text.Length && (uint)(text[at] - '0') is var digit and <= 9; at++)
            {
                fraction = (fraction * 10) + digit;
                scale /= 10;
            }

            if (at < text.Length)
                return ReadAny(text, out nano);
            nano = (long)(fraction * scale);
        }

        if (whole > MaxTokens || (whole == MaxTokens && nano > 0))
            return RejectReason.TooLarge;
        nano += (long)whole * Unit;
        return null;
    }

    /// <summary>Parses every valid format, slowly.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static RejectReason? ReadAny(ReadOnlySpan<byte> text, out long nano)
    {
        nano = 0;
        text = text.Trim(" \t"u8);
        if (text.IsEmpty)
            return null;
        if (text.Length > MaxLength || !TryParse(text, out var isNegative, out var digits, out var exponent))
            return RejectReason.NotANumber;
        if (digits.IsZero)
            return null;
        if (isNegative)
            return RejectReason.Negative;
        if (exponent > 20)
            return RejectReason.TooLarge;
        exponent += 9; // From tokens to units.
        var units = exponent >= 0 ? digits * BigInteger.Pow(10, exponent) : Divide(digits, -exponent);
        if (units > (BigInteger)MaxTokens * Unit)
            return RejectReason.TooLarge;
        nano = (long)units;
        return null;
    }

    private static BigInteger Divide(BigInteger digits, int places)
    {
        if (places > 2 * MaxLength)
            return 0;
        var divisor = BigInteger.Pow(10, places);
        return (digits + (divisor / 2)) / divisor;
    }

    /// <summary>[+-] digits [. digits] [e [+-] digits], with at least one digit before the exponent.</summary>
    private static bool TryParse(ReadOnlySpan<byte> text, out bool isNegative, out BigInteger digits, out int exponent)
    {
        (digits, exponent) = (BigInteger.Zero, 0);
        isNegative = text[0] == '-';
        if (text[0] is (byte)'-' or (byte)'+')
            text = text[1..];
        var mark = text.IndexOfAny((byte)'e', (byte)'E');
        var number = mark < 0 ? text : text[..mark];
        if (mark >= 0 && !TryParseExponent(text[(mark + 1)..], out exponent))
            return false;

        var point = number.IndexOf((byte)'.');
        var whole = point < 0 ? number : number[..point];
        var fraction = point < 0 ? [] : number[(point + 1)..];
        if (whole.Length + fraction.Length == 0 || !AreDigits(whole) || !AreDigits(fraction))
            return false;
        digits = BigInteger.Parse(
            $"0{Encoding.ASCII.GetString(whole)}{Encoding.ASCII.GetString(fraction)}",
            NumberStyles.None,
            CultureInfo.InvariantCulture
        );
        exponent -= fraction.Length;
        return true;
    }

    private static bool TryParseExponent(ReadOnlySpan<byte> text, out int exponent)
    {
        exponent = 0;
        var sign = text.Length > 0 && text[0] == '-' ? -1 : 1;
        if (text.Length > 0 && text[0] is (byte)'-' or (byte)'+')
            text = text[1..];
        if (text.IsEmpty || !AreDigits(text))
            return false;
        // More exponent digits than this are equivalent to the maximum: no fixed number is close to it.
        text = text.TrimStart((byte)'0');
        exponent =
            text.Length > 4
                ? sign * 9999
                : sign * (text.IsEmpty ? 0 : int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture));
        return true;
    }

    private static bool AreDigits(ReadOnlySpan<byte> text) => !text.ContainsAnyExceptInRange((byte)'0', (byte)'9');
}
