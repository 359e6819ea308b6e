using System.Runtime.CompilerServices;
using Tollgate.Analytics.Statistics.Numerics;

namespace Tollgate.Analytics.Statistics.Resampling;

/// <summary>
/// How many of a resample's n draws fall into each block of the sample. Exactly multinomial, without a draw for each: independent
/// Poisson counts of slightly less than n together are, given their sum T, the counts of T draws; a sum above n is thrown away,
/// which is a condition on T alone; the n - T draws that are left are made one by one.
/// </summary>
internal sealed class BlockCounts
{
    private readonly int _size;
    private readonly int _blockSize;
    private readonly PoissonTable _whole;
    private readonly PoissonTable _last;

    public BlockCounts(int size, int blockSize)
    {
        _size = size;
        _blockSize = blockSize;
        Blocks = (size + blockSize - 1) / blockSize;
        // Five deviations below n: one sum in three million is thrown away.
        var share = Math.Max(0.05, 1 - 5 / Math.Sqrt(size));
        _whole = new PoissonTable(blockSize * share);
        _last = new PoissonTable((size - (Blocks - 1) * blockSize) * share);
    }

    public int Blocks { get; }

    /// <summary>Fills the counts of one resample, which add up to the size of the sample.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fill(ulong seed, uint resample, Span<int> counts)
    {
        var stream = new RandomStream(seed, StreamKind.ResampleBlocks, resample);
        int left;
        do
        {
            left = _size;
            for (var block = 0; block < counts.Length; block++)
            {
                counts[block] = (block == counts.Length - 1 ? _last : _whole).At(stream.NextUniform());
                left -= counts[block];
            }
        }
        while (left < 0);
        for (; left > 0; left--) counts[stream.NextIndex(_size) / _blockSize]++;
    }
}
