namespace Tollgate.Metering.Tokens;

/// <summary>
/// The encoding of a table of ranks and a way to cut. Generic, so that the compiler sees through the cut.
/// </summary>
internal sealed class TableEncoding<TPieces>(RankTable ranks) : BytePairEncoding
    where TPieces : struct, IPieces
{
    /// <inheritdoc/>
    public override long Encode(ReadOnlySpan<byte> text, List<int>? tokens)
    {
        var count = 0L;
        for (var start = 0; start < text.Length;)
        {
            var end = TPieces.End(text, start);
            var rank = ranks.Find(text, start, end - start);
            if (rank == RankTable.None)
            {
                count += PieceMerge.Encode(ranks, text, start, end - start, tokens);
            }
            else
            {
                count++;
                tokens?.Add(rank);
            }

            start = end;
        }

        return count;
    }
}
