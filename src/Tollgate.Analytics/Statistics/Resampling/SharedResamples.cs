using System.Runtime.CompilerServices;
using Tollgate.Analytics.Statistics.Numerics;
using Tollgate.Analytics.Threading;

namespace Tollgate.Analytics.Statistics.Resampling;

/// <summary>
/// The bootstrap of means (B. Efron 1979): resamples of all trials with replacement, the same ones for every column, so
/// that differences of columns are paired. The sample is processed in blocks of 256, whose counts are split off first:
/// one random byte is one draw, and a block of all columns stays in the L1 cache.
/// </summary>
internal static class SharedResamples
{
    private const int BlockSize = BlockDraws.BlockSize;

    private const int ResamplesAtOnce = 25;

    /// <summary>
    /// The means of the first <paramref name="size"/> values of each column in each resample. Columns are padded with
    /// zeros to
    /// whole blocks.
    /// </summary>
    public static double[][] Means(double[][] columns, int size, int resamples, ulong seed, int threads)
    {
        var means = columns.Select(_ => new double[resamples]).ToArray();
        var counts = new BlockCounts(size, BlockSize);
        var chunks = (resamples + ResamplesAtOnce - 1) / ResamplesAtOnce;
        WorkQueue.Run(
            chunks,
            threads,
            () =>
            {
                var worker = new Worker(columns, size, seed, counts);
                return chunk =>
                    worker.Run(
                        chunk * ResamplesAtOnce,
                        Math.Min(ResamplesAtOnce, resamples - chunk * ResamplesAtOnce),
                        means
                    );
            },
            CancellationToken.None
        );
        return means;
    }

    private sealed class Worker(double[][] columns, int size, ulong seed, BlockCounts counts)
    {
        private readonly int[] _counts = new int[counts.Blocks * ResamplesAtOnce];
        private readonly double[] _sums = new double[columns.Length * ResamplesAtOnce];
        private readonly double[] _weights = new double[BlockSize];
        private readonly BlockDraws _throws = new(seed, StreamKind.ResampleThrows);

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run(int first, int resamples, double[][] means)
        {
            _sums.AsSpan().Clear();
            for (var r = 0; r < resamples; r++)
                counts.Fill(
                    seed,
                    StreamKind.ResampleBlocks,
                    (uint)(first + r),
                    _counts.AsSpan(r * counts.Blocks, counts.Blocks)
                );
            for (var block = 0; block < counts.Blocks; block++)
                for (var r = 0; r < resamples; r++)
                {
                    _throws.Fill(
                        _counts[r * counts.Blocks + block],
                        (uint)(first + r),
                        (uint)block,
                        _weights,
                        Math.Min(BlockSize, size - block * BlockSize)
                    );
                    for (var column = 0; column < columns.Length; column++)
                        _sums[r * columns.Length + column] += OrderedSum.OfProducts(
                            _weights,
                            columns[column].AsSpan(block * BlockSize, BlockSize)
                        );
                }
            for (var r = 0; r < resamples; r++)
                for (var column = 0; column < columns.Length; column++)
                    means[column][first + r] = _sums[r * columns.Length + column] / size;
        }
    }
}
