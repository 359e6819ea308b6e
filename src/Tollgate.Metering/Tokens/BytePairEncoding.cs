namespace Tollgate.Metering.Tokens;

/// <summary>An encoding: splits a text into pieces, and each piece into tokens. Immutable and thread-safe.</summary>
internal abstract class BytePairEncoding
{
    /// <summary>Counts the tokens of valid UTF-8; special tokens count as ordinary text.</summary>
    public long Count(ReadOnlySpan<byte> text) => Encode(text, null);

    /// <summary>Adds the tokens of valid UTF-8 to <paramref name="tokens"/>, if given, and counts them.</summary>
    public abstract long Encode(ReadOnlySpan<byte> text, List<int>? tokens);
}
