namespace Tollgate.Metering.Tokens;

/// <summary>
/// The pieces of <c>cl100k_base</c>: of these alternatives, the first that matches.
/// <code>
/// (?i:'s|'t|'re|'ve|'m|'ll|'d)
/// [^\r\n\p{L}\p{N}]?\p{L}+
/// \p{N}{1,3}
///  ?[^\s\p{L}\p{N}]+[\r\n]*
/// \s*[\r\n]+
/// \s+(?!\S)
/// \s+
/// </code>
/// </summary>
/// <remarks>
/// This is the pattern as published, and as the npm package has it. Python's tiktoken since 0.8 puts <c>\s++$</c>
/// before
/// the fifth: there, white space at the very end of a text stays one piece when a line end is followed by blanks.
/// </remarks>
internal readonly struct Cl100kPieces : IPieces
{
    /// <inheritdoc/>
    public static int End(ReadOnlySpan<byte> text, int start)
    {
        var contraction = Contraction.End(text, start);
        if (contraction > start)
            return contraction;

        var first = Characters.At(text, start, out var length);
        var mayPrecede = (first & (CharTraits.Letter | CharTraits.Number | CharTraits.LineEnd)) == 0;
        var word = mayPrecede ? start + length : start;
        var wordEnd = Characters.RunEnd(text, word, CharTraits.Letter);
        if (wordEnd > word)
            return wordEnd;

        if ((first & CharTraits.Number) != 0)
            return NonWords.NumberEnd(text, start);
        var punctuation = NonWords.PunctuationEnd(text, start);
        if (punctuation == start)
            return NonWords.SpaceEnd(text, start);
        while (punctuation < text.Length && text[punctuation] is (byte)'\r' or (byte)'\n')
            punctuation++;
        return punctuation;
    }
}
