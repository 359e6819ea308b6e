namespace Tollgate.Metering.Tokens;

/// <summary>
/// The pieces of <c>o200k_base</c>: of these alternatives, the first that matches.
/// <code>
/// [^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?
/// [^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?
/// \p{N}{1,3}
///  ?[^\s\p{L}\p{N}]+[\r\n/]*
/// \s*[\r\n]+
/// \s+(?!\S)
/// \s+
/// </code>
/// </summary>
internal readonly struct O200kPieces : IPieces
{
    /// <inheritdoc/>
    public static int End(ReadOnlySpan<byte> text, int start)
    {
        var first = Characters.At(text, start, out var length);
        var word = WordEnd(text, start, first, length);
        if (word > start)
            return Contraction.End(text, word);
        if ((first & CharTraits.Number) != 0)
            return NonWords.NumberEnd(text, start);
        var punctuation = NonWords.PunctuationEnd(text, start);
        if (punctuation == start)
            return NonWords.SpaceEnd(text, start);
        while (punctuation < text.Length && text[punctuation] is (byte)'\r' or (byte)'\n' or (byte)'/')
            punctuation++;
        return punctuation;
    }

    /// <summary>
    /// The first two alternatives without the contraction; <paramref name="start"/> if neither matches.
    /// </summary>
    private static int WordEnd(ReadOnlySpan<byte> text, int start, CharTraits first, int length)
    {
        // 1. Any character except a letter, a number or a line end may precede the word.
        var mayPrecede = (first & (CharTraits.Letter | CharTraits.Number | CharTraits.LineEnd)) == 0;
        var word = mayPrecede ? start + length : start;

        // 2. All opening characters, as many as there are. A lower-case letter after them ends the search.
        var opened = word;
        var lastFollowing = 0;
        while (opened < text.Length)
        {
            var traits = Characters.At(text, opened, out var step);
            if ((traits & CharTraits.Opening) == 0)
            {
                if ((traits & CharTraits.Following) != 0)
                    return Characters.RunEnd(text, opened, CharTraits.Following);
                break;
            }

            opened += step;
            if ((traits & CharTraits.Following) != 0)
                lastFollowing = opened;
        }

        // 3. Without one, the pattern backtracks to the last character that can both follow and open.
        if (lastFollowing > 0)
            return lastFollowing;
        // 4. A mark before the word is one itself: alone it matches the first alternative, which precedes the second.
        if (mayPrecede && (first & CharTraits.Following) != 0)
            return word;
        // 5. The second alternative: upper case only.
        return opened > word ? opened : start;
    }
}
