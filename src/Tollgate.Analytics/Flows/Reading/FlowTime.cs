using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;

namespace Tollgate.Analytics.Flows.Reading;

/// <summary>
/// Parses a time into microseconds since 1970: <c>2024-10-09 12:11:55.863384 UTC</c>, ISO 8601 with or without an
/// offset, a date alone, or a number of seconds, milliseconds, microseconds or nanoseconds since 1970, distinguished by
/// the number of digits. Without an offset it is UTC. Anything finer than a microsecond is truncated.
/// </summary>
internal static class FlowTime
{
    /// <summary>The years that can be parsed. 9999 means "never" in many systems, so it is not a time.</summary>
    public const int FirstYear = 2,
        LastYear = 9998;

    /// <summary>A longer field is not a time.</summary>
    public const int MaxLength = 60;

    private const long MicrosPerSecond = 1_000_000,
        MicrosPerDay = 86_400 * MicrosPerSecond;

    private const ulong HighNibbles = 0xF0F0F0F0F0F0F0F0,
        Sixes = 0x0606060606060606;

    /// <summary>Days before each month, in a common year and in a leap year.</summary>
    private static ReadOnlySpan<short> DaysBefore =>
        [
            0,
            31,
            59,
            90,
            120,
            151,
            181,
            212,
            243,
            273,
            304,
            334,
            365,
            0,
            31,
            60,
            91,
            121,
            152,
            182,
            213,
            244,
            274,
            305,
            335,
            366,
        ];

    /// <summary>Parses a whole field.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static TimeReading Read(ReadOnlySpan<byte> text, out long micros)
    {
        text = text.Trim(" \t"u8);
        if (text.Length is < 19 or > MaxLength || !TryReadDateAndTime(text, out var exists, out micros))
            return ReadAny(text, out micros);
        return exists && TryReadRest(text[19..], ref micros) ? TimeReading.Usable : TimeReading.Impossible;
    }

    /// <summary>
    /// Parses <c>YYYY-MM-DD hh:mm:ss</c>; false if the text has another format. Eight characters are processed at a
    /// time: subtracting a pattern turns digits into 0 to 9 and separators into 0.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryReadDateAndTime(ReadOnlySpan<byte> text, out bool exists, out long micros)
    {
        var date = BinaryPrimitives.ReadUInt64LittleEndian(text) ^ 0x2D30302D30303030; // "0000-00-"
        var time = BinaryPrimitives.ReadUInt64LittleEndian(text[8..]) ^ 0x30303A3030203030; // "00 00:00"
        // "0:00", the first of which has already been checked
        var second = BinaryPrimitives.ReadUInt32LittleEndian(text[15..]) ^ 0x30303A30u;
        if ((byte)(time >> 16) is ('T' ^ ' ') or ('t' ^ ' '))
            time &= ~0xFF0000UL;
        exists = false;
        micros = 0;
        if (
            ((date | (date + Sixes) | time | (time + Sixes)) & HighNibbles) != 0
            || ((date & 0xFF0000FF00000000) | (time & 0x0000FF0000FF0000)) != 0
        )
            return false;
        if (((second | (second + 0x06060606)) & 0xF0F0F0F0) != 0 || (second & 0xFF00) != 0)
            return false;

        var year = (int)((Digit(date, 0) * 1000) + (Digit(date, 1) * 100) + (Digit(date, 2) * 10) + Digit(date, 3));
        var month = (int)((Digit(date, 5) * 10) + Digit(date, 6));
        var day = (int)((Digit(time, 0) * 10) + Digit(time, 1));
        var (hour, minute, seconds) = (
            (Digit(time, 3) * 10) + Digit(time, 4),
            (Digit(time, 6) * 10) + Digit(time, 7),
            (Digit(second, 2) * 10) + Digit(second, 3)
        );
        if (hour > 23 || minute > 59 || seconds > 59 || !TryGetDay(year, month, day, out var days))
            return true;
        exists = true;
        micros = (((days * 86_400) + (hour * 3600) + (minute * 60) + seconds) * MicrosPerSecond);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Digit(ulong word, int index) => (long)(word >> (8 * index)) & 0xF;

    /// <summary>Days since 1970; false if the date does not exist.</summary>
    private static bool TryGetDay(int year, int month, int day, out long days)
    {
        days = 0;
        if (year is < FirstYear or > LastYear || month is < 1 or > 12)
            return false;
        var leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 13 : 0;
        var before = DaysBefore[leap + month - 1];
        if (day < 1 || day > DaysBefore[leap + month] - before)
            return false;
        var past = year - 1;
        days = (past * 365) + (past / 4) - (past / 100) + (past / 400) + before + day - 1 - 719_162;
        return true;
    }

    /// <summary>A fraction of a second and an offset, both optional.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryReadRest(ReadOnlySpan<byte> text, ref long micros)
    {
        if (text.Length > 1 && text[0] is (byte)'.' or (byte)',')
        {
            var at = 1;
            for (
                var unit = MicrosPerSecond / 10;
                at < text.Length && (uint)(text[at] - '0') is var digit and <= 9;
                at++, unit /= 10
            )
                micros += digit * unit;
            if (at == 1)
                return false;
            text = text[at..];
        }

        return text.IsEmpty
            || text.SequenceEqual(" UTC"u8)
            || (text.Length == 1 && text[0] == 'Z')
            || TryReadOffset(text, ref micros);
    }

    private static bool TryReadOffset(ReadOnlySpan<byte> text, ref long micros)
    {
        text = text.Trim((byte)' ');
        if (
            text.IsEmpty
            || Ascii.EqualsIgnoreCase(text, "UTC"u8)
            || Ascii.EqualsIgnoreCase(text, "GMT"u8)
            || Ascii.EqualsIgnoreCase(text, "Z"u8)
        )
            return true;
        if (text[0] is not ((byte)'+' or (byte)'-'))
            return false;

        // +hh, +hhmm or +hh:mm.
        var sign = text[0] == '-' ? 1 : -1;
        var minuteAt = text.Length == 6 && text[3] == ':' ? 4 : 3;
        if (text.Length != 3 && text.Length != minuteAt + 2)
            return false;
        if (
            !TryReadPair(text[1..], out var hours)
            || !TryReadPair(text.Length == 3 ? "00"u8 : text[minuteAt..], out var minutes)
        )
            return false;
        micros += sign * ((hours * 60L) + minutes) * 60 * MicrosPerSecond;
        return hours <= 23 && minutes <= 59 && IsInRange(micros);
    }

    private static bool TryReadPair(ReadOnlySpan<byte> text, out int value)
    {
        value = ((text[0] - '0') * 10) + text[1] - '0';
        return char.IsAsciiDigit((char)text[0]) && char.IsAsciiDigit((char)text[1]);
    }

    /// <summary>Other formats, slowly: surrounding spaces, a date alone, no seconds, a number.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TimeReading ReadAny(ReadOnlySpan<byte> text, out long micros)
    {
        micros = 0;
        if (text.IsEmpty)
            return TimeReading.Missing;
        if (text.IndexOfAnyExcept("0123456789."u8) < 0)
            return TryReadNumber(text, out micros) ? TimeReading.Usable : TimeReading.Impossible;

        // Padded to the full format: midnight for a date, second 0 for a minute.
        if (text.Length is < 10 or > MaxLength)
            return TimeReading.Impossible;
        Span<byte> full = stackalloc byte[MaxLength + 9];
        var hasTime = text.Length >= 16 && text[13] == ':';
        var hasSecond = text.Length >= 19 && text[16] == ':';
        var given =
            hasSecond ? 19
            : hasTime ? 16
            : 10;
        if (given < 19 && given < text.Length && text[given] is (byte)'.' or (byte)',')
            return TimeReading.Impossible;
        text[..given].CopyTo(full);
        " 00:00:00"u8[(given - 10)..].CopyTo(full[given..]);
        text[given..].CopyTo(full[19..]);
        ReadOnlySpan<byte> whole = full[..(19 + text.Length - given)];
        return TryReadDateAndTime(whole, out var exists, out micros) && exists && TryReadRest(whole[19..], ref micros)
            ? TimeReading.Usable
            : TimeReading.Impossible;
    }

    /// <summary>
    /// 9 to 11 digits are seconds, 12 to 14 milliseconds, 15 to 17 microseconds, 18 and 19 nanoseconds.
    /// </summary>
    private static bool TryReadNumber(ReadOnlySpan<byte> text, out long micros)
    {
        micros = 0;
        var point = text.IndexOf((byte)'.');
        var whole = point < 0 ? text : text[..point];
        var fraction = point < 0 ? [] : text[(point + 1)..];
        if (whole.Length is < 9 or > 19 || fraction.Contains((byte)'.'))
            return false;
        UInt128 value = 0;
        foreach (var digit in whole)
            value = (value * 10) + (uint)(digit - '0');
        var places = whole.Length switch
        {
            <= 11 => 6,
            <= 14 => 3,
            <= 17 => 0,
            _ => -3,
        };
        for (var place = 0; place < places; place++)
            value = (value * 10) + (place < fraction.Length ? (uint)(fraction[place] - '0') : 0);
        if (places < 0)
            value /= 1000;
        if (value > long.MaxValue)
            return false;
        micros = (long)value;
        return IsInRange(micros);
    }

    private static bool IsInRange(long micros) =>
        micros is >= (365 - 719_162) * MicrosPerDay and < (3_652_059 - 365 - 719_162) * MicrosPerDay;
}
