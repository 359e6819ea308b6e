namespace Tollgate.Metering.Tokens;

/// <summary>The alternatives for pieces that are not words; both encodings share them.</summary>
internal static class NonWords
{
    private const CharTraits NoPunctuation = CharTraits.Space | CharTraits.Letter | CharTraits.Number;

    /// <summary><c>\p{N}{1,3}</c>, if the first character is known to be a number.</summary>
    public static int NumberEnd(ReadOnlySpan<byte> text, int start)
    {
        var at = start;
        for (var count = 0; count < 3 && at < text.Length; count++)
        {
            if ((Characters.At(text, at, out var length) & CharTraits.Number) == 0)
                break;
            at += length;
        }

        return at;
    }

    /// <summary><c> ?[^\s\p{L}\p{N}]+</c>; <paramref name="start"/> if it does not match.</summary>
    public static int PunctuationEnd(ReadOnlySpan<byte> text, int start)
    {
        var first = text[start] == ' ' ? start + 1 : start;
        var at = first;
        while (at < text.Length && (Characters.At(text, at, out var length) & NoPunctuation) == 0)
            at += length;
        return at > first ? at : start;
    }

    /// <summary><c>\s*[\r\n]+|\s+(?!\S)|\s+</c>, if the first character is known to be white space.</summary>
    public static int SpaceEnd(ReadOnlySpan<byte> text, int start)
    {
        var (at, last, afterLineEnd) = (start, start, 0);
        while (at < text.Length)
        {
            var traits = Characters.At(text, at, out var length);
            if ((traits & CharTraits.Space) == 0)
                break;
            last = at;
            at += length;
            if ((traits & CharTraits.LineEnd) != 0)
                afterLineEnd = at;
        }

        if (afterLineEnd > 0)
            return afterLineEnd;
        // The last blank before a word belongs to the word, unless it is the only one.
        return at == text.Length || last == start ? at : last;
    }
}
