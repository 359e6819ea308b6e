namespace Tollgate.Metering.Tokens;

/// <summary><c>(?i:'s|'t|'re|'ve|'m|'ll|'d)</c>.</summary>
internal static class Contraction
{
    /// <summary>The end of the contraction that starts at a position; the position itself if there is none.</summary>
    public static int End(ReadOnlySpan<byte> text, int at)
    {
        if (at + 1 >= text.Length || text[at] != '\'')
            return at;
        var next = at + 2 < text.Length ? Lower(text[at + 2]) : (byte)0;
        return Lower(text[at + 1]) switch
        {
            (byte)'s' or (byte)'t' or (byte)'m' or (byte)'d' => at + 2,
            (byte)'r' or (byte)'v' when next == 'e' => at + 3,
            (byte)'l' when next == 'l' => at + 3,
            // Unicode folds the long s (U+017F) to an s.
            0xE5 when text[at + 1] == 0xC5 && at + 2 < text.Length && text[at + 2] == 0xBF => at + 3,
            _ => at,
        };
    }

    private static byte Lower(byte letter) => (byte)(letter | 0x20);
}
