namespace Tollgate.Analytics.Flows.Csv;

/// <summary>
/// Finds record ends among quoted fields (RFC 4180): a quote opens a field only at the start of the field; within it,
/// two quotes represent one, and line ends are text. Elsewhere a quote is an ordinary character.
/// </summary>
internal static class Quoting
{
    private const byte Quote = (byte)'"',
        LineEnd = (byte)'\n';

    /// <summary>
    /// The index after the last record that ends within the text, which starts with a record; 0 if none does.
    /// </summary>
    public static int LastRecordEnd(ReadOnlySpan<byte> text, byte delimiter, out bool opensAtEnd)
    {
        var end = 0;
        var gap = 0;
        while (TryFindQuoted(text, gap, delimiter, out var open, out var behind))
        {
            var last = text[gap..open].LastIndexOf(LineEnd);
            if (last >= 0)
                end = gap + last + 1;
            if (opensAtEnd = behind < 0)
                return end;
            gap = behind;
        }

        opensAtEnd = false;
        var final = text[gap..].LastIndexOf(LineEnd);
        return final >= 0 ? gap + final + 1 : end;
    }

    /// <summary>The index of the line end that ends the first record; −1 if there is none.</summary>
    public static int FirstRecordEnd(ReadOnlySpan<byte> text, byte delimiter)
    {
        var gap = 0;
        while (TryFindQuoted(text, gap, delimiter, out var open, out var behind))
        {
            var first = text[gap..open].IndexOf(LineEnd);
            if (first >= 0)
                return gap + first;
            if (behind < 0)
                return -1;
            gap = behind;
        }

        var next = text[gap..].IndexOf(LineEnd);
        return next < 0 ? -1 : gap + next;
    }

    /// <summary>
    /// The closing quote of a field whose text starts at <paramref name="from"/>; −1 if it does not close.
    /// </summary>
    public static int ClosingQuote(ReadOnlySpan<byte> text, int from)
    {
        while (true)
        {
            var next = text[from..].IndexOf(Quote);
            if (next < 0)
                return -1;
            var at = from + next;
            if (at + 1 == text.Length || text[at + 1] != Quote)
                return at;
            from = at + 2;
        }
    }

    /// <summary>
    /// Finds the next quoted field from a position outside of one; <paramref name="behind"/> is −1 if it does not
    /// close.
    /// </summary>
    private static bool TryFindQuoted(ReadOnlySpan<byte> text, int from, byte delimiter, out int open, out int behind)
    {
        for (open = from; ; open++)
        {
            var next = text[open..].IndexOf(Quote);
            if (next < 0)
            {
                behind = -1;
                return false;
            }

            open += next;
            if (open > 0 && text[open - 1] is var before && before != delimiter && before != LineEnd)
                continue;
            behind = ClosingQuote(text, open + 1) is var close and >= 0 ? close + 1 : -1;
            return true;
        }
    }
}
