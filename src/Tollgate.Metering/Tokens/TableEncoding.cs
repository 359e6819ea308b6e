namespace Tollgate.Metering.Tokens;

/// <summary>
/// An encoding with a rank table and a way to split text. Generic, so that the compiler can inline the split.
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
