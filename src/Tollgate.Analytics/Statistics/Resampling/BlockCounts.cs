using System.Runtime.CompilerServices;
using Tollgate.Analytics.Statistics.Numerics;

namespace Tollgate.Analytics.Statistics.Resampling;

/// <summary>
/// The number of a resample's n draws that fall into each block of the sample. Exactly multinomial, without a draw for
/// each: independent Poisson counts with a total mean slightly below n are, given their sum T, the counts of T draws; a
/// sum above n is discarded, which is a condition on T alone; the remaining n - T draws are made one by one.
/// </summary>
internal sealed class BlockCounts
{
    private readonly int _size;
    private readonly int _blockSize;
    private readonly PoissonTable[] _tables;

    /// <summary>The end of each block.</summary>
    private readonly int[] _ends;

    /// <summary>The number of values in blocks of equal size; blocks after them have individual sizes.</summary>
    private readonly int _cut;

    /// <param name="cut">The number of values in blocks of equal size, the last of which may be shorter.</param>
    /// <param name="blockSize">That size.</param>
    /// <param name="further">The sizes of the blocks after those.</param>
    public BlockCounts(int cut, int blockSize, params ReadOnlySpan<int> further)
    {
        var whole = (cut + blockSize - 1) / blockSize;
        (_cut, _blockSize, _size) = (cut, blockSize, cut);
        (_tables, _ends) = (new PoissonTable[whole + further.Length], new int[whole + further.Length]);
        foreach (var size in further)
            _size += size;
        // Five deviations below n: one sum in three million is discarded.
        var share = Math.Max(0.05, 1 - 5 / Math.Sqrt(_size));
        var bySize = new Dictionary<int, PoissonTable>();
        for (int block = 0, end = 0; block < _ends.Length; block++)
        {
            var size = block < whole ? Math.Min(blockSize, cut - end) : further[block - whole];
            if (!bySize.TryGetValue(size, out var table))
                bySize[size] = table = new PoissonTable(size * share);
            _tables[block] = table;
            _ends[block] = end += size;
        }
    }

    public int Blocks => _tables.Length;

    /// <summary>Fills the counts of one resample, which add up to the size of the sample.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fill(ulong seed, StreamKind kind, uint resample, Span<int> counts)
    {
        var stream = new RandomStream(seed, kind, resample);
        int left;
        do
        {
            left = _size;
            for (var block = 0; block < counts.Length; block++)
            {
                counts[block] = _tables[block].At(stream.NextUniform());
                left -= counts[block];
            }
        } while (left < 0);
        for (; left > 0; left--)
            counts[GetBlock(stream.NextIndex(_size))]++;
    }

    private int GetBlock(int value)
    {
        if (value < _cut)
            return value / _blockSize;
        var at = Array.BinarySearch(_ends, value + 1);
        return at < 0 ? ~at : at;
    }
}
