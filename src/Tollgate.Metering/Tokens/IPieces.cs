namespace Tollgate.Metering.Tokens;

/// <summary>Splits a text into the pieces that an encoding encodes one by one.</summary>
internal interface IPieces
{
    /// <summary>
    /// The end of the piece that starts at <paramref name="start"/>. The text is valid UTF-8 and does not end there.
    /// </summary>
    static abstract int End(ReadOnlySpan<byte> text, int start);
}
