using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Tollgate.Metering.Tokens;

/// <summary>
/// The traits of the characters in valid UTF-8. The categories are the runtime's: .NET 10 has those of Unicode 16.0, as
/// does the regex crate (regex-syntax 0.8.5) in tiktoken 1.0.22; a test compares them for every code point.
/// </summary>
internal static class Characters
{
    // One byte for each character of the basic plane: the runtime's own tables need three lookups for each.
    private static readonly CharTraits[] BasicPlane = CreateBasicPlaneTable();

    /// <summary>The traits of the character that starts at a position, and its length in bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CharTraits At(ReadOnlySpan<byte> text, int at, out int length)
    {
        var first = text[at];
        if (first >= 0x80)
            return NonAsciiAt(text, at, out length);
        length = 1;
        return BasicPlane[first];
    }

    /// <summary>The end of a run of characters that have one of the traits.</summary>
    public static int RunEnd(ReadOnlySpan<byte> text, int at, CharTraits wanted)
    {
        while (at < text.Length && (At(text, at, out var length) & wanted) != 0)
            at += length;
        return at;
    }

    private static CharTraits NonAsciiAt(ReadOnlySpan<byte> text, int at, out int length)
    {
        var first = text[at];
        if (first < 0xE0)
        {
            length = 2;
            return BasicPlane[(first & 0x1F) << 6 | text[at + 1] & 0x3F];
        }

        if (first < 0xF0)
        {
            length = 3;
            return BasicPlane[(first & 0x0F) << 12 | (text[at + 1] & 0x3F) << 6 | text[at + 2] & 0x3F];
        }

        Rune.DecodeFromUtf8(text[at..], out var rune, out length);
        return GetTraits(rune.Value);
    }

    private static CharTraits[] CreateBasicPlaneTable()
    {
        var traits = new CharTraits[char.MaxValue + 1];
        for (var point = 0; point < traits.Length; point++)
            traits[point] = GetTraits(point);
        return traits;
    }

    private static CharTraits GetTraits(int codePoint) =>
        CharUnicodeInfo.GetUnicodeCategory(codePoint) switch
        {
            UnicodeCategory.UppercaseLetter or UnicodeCategory.TitlecaseLetter => CharTraits.Letter
                | CharTraits.Opening,
            UnicodeCategory.LowercaseLetter => CharTraits.Letter | CharTraits.Following,
            UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter => CharTraits.Letter
                | CharTraits.Opening
                | CharTraits.Following,
            UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark =>
                CharTraits.Opening | CharTraits.Following,
            UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber =>
                CharTraits.Number,
            _ when codePoint is '\r' or '\n' => CharTraits.Space | CharTraits.LineEnd,
            _ when codePoint <= char.MaxValue && char.IsWhiteSpace((char)codePoint) => CharTraits.Space,
            _ => CharTraits.None,
        };
}
