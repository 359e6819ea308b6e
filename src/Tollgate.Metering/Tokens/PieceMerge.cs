namespace Tollgate.Metering.Tokens;

/// <summary>
/// Cuts a piece that is no token into tokens: begins with single bytes, and merges the pair of the lowest rank, of
/// several the leftmost, until no pair is a token.
/// </summary>
internal static class PieceMerge
{
    /// <summary>Up to this many bytes, looking through all pairs for the lowest is faster than keeping them in order.</summary>
    private const int ShortPiece = 96;

    /// <summary>Adds the tokens of a piece to <paramref name="tokens"/>, if given, and counts them.</summary>
    public static int Encode(RankTable ranks, ReadOnlySpan<byte> text, int start, int length, List<int>? tokens) =>
        length > ShortPiece ? OrderedMerge.Encode(ranks, text, start, length, tokens) : EncodeShort(ranks, text, start, length, tokens);

    private static int EncodeShort(RankTable ranks, ReadOnlySpan<byte> text, int start, int length, List<int>? tokens)
    {
        // Part i begins at starts[i] and ends at starts[i + 1]; pairs[i] is the rank of parts i and i + 1 together.
        Span<int> starts = stackalloc int[length + 1];
        Span<uint> pairs = stackalloc uint[length];
        for (var i = 0; i <= length; i++) starts[i] = start + i;
        for (var i = 0; i < length; i++) pairs[i] = i + 2 <= length ? (uint)ranks.Find(text, start + i, 2) : NoPair;

        var parts = length;
        while (true)
        {
            var lowest = Lowest(pairs[..parts]);
            if (pairs[lowest] == NoPair) break;
            starts[(lowest + 2)..(parts + 1)].CopyTo(starts[(lowest + 1)..]);
            pairs[(lowest + 1)..parts].CopyTo(pairs[lowest..]);
            parts--;
            pairs[lowest] = Pair(ranks, text, starts, lowest, parts);
            if (lowest > 0) pairs[lowest - 1] = Pair(ranks, text, starts, lowest - 1, parts);
        }

        if (tokens is not null)
            for (var i = 0; i < parts; i++) tokens.Add(ranks.Find(text, starts[i], starts[i + 1] - starts[i]));
        return parts;
    }

    /// <summary>What <see cref="RankTable.None"/> is as an unsigned number: higher than every rank.</summary>
    private const uint NoPair = uint.MaxValue;

    private static uint Pair(RankTable ranks, ReadOnlySpan<byte> text, ReadOnlySpan<int> starts, int part, int parts) =>
        part + 2 <= parts ? (uint)ranks.Find(text, starts[part], starts[part + 2] - starts[part]) : NoPair;

    private static int Lowest(ReadOnlySpan<uint> pairs)
    {
        var lowest = 0;
        for (var i = 1; i < pairs.Length; i++)
            if (pairs[i] < pairs[lowest]) lowest = i;
        return lowest;
    }
}
