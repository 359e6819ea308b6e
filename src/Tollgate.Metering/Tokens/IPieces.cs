namespace Tollgate.Metering.Tokens;

/// <summary>How an encoding cuts a text into the pieces that it encodes one by one.</summary>
internal interface IPieces
{
    /// <summary>
    /// Where the piece that begins at <paramref name="start"/> ends. The text is valid UTF-8 and goes on there.
    /// </summary>
    static abstract int End(ReadOnlySpan<byte> text, int start);
}
