namespace Tollgate.Metering.Tokens;

/// <summary>
/// An encoding: cuts a text into pieces, and each piece into tokens. Immutable, for any number of threads.
/// </summary>
internal abstract class BytePairEncoding
{
    /// <summary>
    /// Counts the tokens of valid UTF-8, special tokens as the ordinary text that they are written in.
    /// </summary>
    public long Count(ReadOnlySpan<byte> text) => Encode(text, null);

    /// <summary>Adds the tokens of valid UTF-8 to <paramref name="tokens"/>, if given, and counts them.</summary>
    public abstract long Encode(ReadOnlySpan<byte> text, List<int>? tokens);
}
