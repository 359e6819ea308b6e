namespace Tollgate.Metering.Tokens;

/// <summary>
/// Splits a piece that is not a token into tokens: starts with single bytes and merges the pair with the lowest rank,
/// the leftmost if there are several, until no pair is a token.
/// </summary>
internal static class PieceMerge
{
    /// <summary>
    /// Up to this many bytes, scanning all pairs for the lowest is faster than keeping them in order.
    /// </summary>
    private const int ShortPiece = 96;

    /// <summary><see cref="RankTable.None"/> as an unsigned number: higher than every rank.</summary>
    private const uint NoPair = uint.MaxValue;

    /// <summary>Adds the tokens of a piece to <paramref name="tokens"/>, if given, and counts them.</summary>
    public static int Encode(RankTable ranks, ReadOnlySpan<byte> text, int start, int length, List<int>? tokens) =>
        length > ShortPiece
            ? HeapMerge.Encode(ranks, text, start, length, tokens)
            : EncodeShort(ranks, text, start, length, tokens);

    private static int EncodeShort(RankTable ranks, ReadOnlySpan<byte> text, int start, int length, List<int>? tokens)
    {
        // One more than there are: its start is the end of the last part.
        Span<Part> parts = stackalloc Part[length + 1];
        for (var i = 0; i + 2 <= length; i++)
            parts[i] = new Part(start + i, (uint)ranks.FindPair(text, start + i));
        parts[length - 1] = new Part(start + length - 1, NoPair);
        parts[length] = new Part(start + length, NoPair);

        while (IndexOfLowest(parts) is var lowest && parts[lowest].Pair != NoPair)
        {
            parts[(lowest + 2)..].CopyTo(parts[(lowest + 1)..]);
            parts = parts[..^1];
            parts[lowest].Pair = PairAt(ranks, text, parts, lowest);
            if (lowest > 0)
                parts[lowest - 1].Pair = PairAt(ranks, text, parts, lowest - 1);
        }

        if (tokens is not null)
            for (var i = 0; i + 1 < parts.Length; i++)
                tokens.Add(ranks.Find(text, parts[i].Start, parts[i + 1].Start - parts[i].Start));
        return parts.Length - 1;
    }

    private static uint PairAt(RankTable ranks, ReadOnlySpan<byte> text, ReadOnlySpan<Part> parts, int at) =>
        at + 2 < parts.Length ? (uint)ranks.Find(text, parts[at].Start, parts[at + 2].Start - parts[at].Start) : NoPair;

    private static int IndexOfLowest(ReadOnlySpan<Part> parts)
    {
        var (lowest, rank) = (0, parts[0].Pair);
        for (var i = 1; i < parts.Length; i++)
            if (parts[i].Pair < rank)
                (lowest, rank) = (i, parts[i].Pair);
        return lowest;
    }

    /// <summary>The start of a part, and the rank of the part combined with the next one.</summary>
    private record struct Part(int Start, uint Pair);
}
