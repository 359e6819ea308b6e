using System.Buffers;
using System.Text;

namespace Tollgate.Accounting.Transcripts;

/// <summary>Truncates texts between two characters.</summary>
public static class TranscriptText
{
    /// <summary>
    /// Returns the beginning of a text that takes at most the given number of UTF-8 bytes; all of it if it fits.
    /// </summary>
    public static string? Truncate(string? text, int maxBytes)
    {
        // A char takes at most three bytes, a surrogate pair four.
        if (text is null || text.Length <= maxBytes / 3 || Encoding.UTF8.GetByteCount(text) <= maxBytes)
            return text;
        var (bytes, length) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            if (bytes + rune.Utf8SequenceLength > maxBytes)
                break;
            bytes += rune.Utf8SequenceLength;
            length += rune.Utf16SequenceLength;
        }

        return text[..length];
    }

    /// <summary>Decodes UTF-8 bytes, up to a maximum number.</summary>
    /// <returns>The text, and whether it was truncated.</returns>
    public static (string Text, bool IsCut) Read(in ReadOnlySequence<byte> bytes, int maxBytes)
    {
        if (bytes.Length <= maxBytes)
            return (Encoding.UTF8.GetString(bytes), false);
        var first = bytes.Slice(0, maxBytes).ToArray();
        return (Encoding.UTF8.GetString(first.AsSpan(0, WholeCharacters(first))), true);
    }

    /// <summary>
    /// Returns the length of the whole characters; the remaining bytes begin a character that continues beyond them.
    /// </summary>
    public static int WholeCharacters(ReadOnlySpan<byte> utf8)
    {
        var start = utf8.Length;
        while (start > 0 && utf8.Length - start < 4 && (utf8[start - 1] & 0xC0) == 0x80)
            start--;
        if (start == 0 || utf8[start - 1] < 0xC0)
            return utf8.Length;
        var needed =
            utf8[start - 1] >= 0xF0 ? 4
            : utf8[start - 1] >= 0xE0 ? 3
            : 2;
        return utf8.Length - (start - 1) < needed ? start - 1 : utf8.Length;
    }
}
