using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Tollgate.Analytics.Statistics.Numerics;
using Tollgate.Analytics.Threading;

namespace Tollgate.Analytics.Statistics.Resampling;

/// <summary>
/// Quantiles of columns in resamples that all columns share, so that their differences are paired. Only trials in some
/// quantile's window are drawn one by one. The rest is drawn in groups, of which only the counts matter: trials of a
/// group are on the same side of every window. All counts are multinomial, as those of single draws would be; the cost
/// of a resample grows with the square root of the number of trials.
/// </summary>
internal sealed class PairedQuantiles
{
    private const int ResamplesAtOnce = 10;

    private readonly TrialCells _cells;
    private readonly BlockCounts _counts;
    private readonly ulong _seed;

    private PairedQuantiles(TrialCells cells, ulong seed) =>
        (_cells, _counts, _seed) = (cells, new BlockCounts(cells.Single, BlockDraws.BlockSize, cells.GroupSizes), seed);

    /// <summary>For each window, the quantile in each resample.</summary>
    /// <param name="columns">The column of each window, by trial; values after the size are ignored.</param>
    /// <param name="windows">The windows.</param>
    /// <param name="size">The number of trials.</param>
    /// <param name="plan">The resamples.</param>
    public static double[][] Draw(double[][] columns, QuantileWindow[] windows, int size, in ResamplingPlan plan)
    {
        var (resamples, seed, threads) = plan;
        var result = windows.Select(_ => new double[resamples]).ToArray();
        var quantiles = new PairedQuantiles(TrialCells.Create(columns, windows, size), seed);
        var chunks = (resamples + ResamplesAtOnce - 1) / ResamplesAtOnce;
        WorkQueue.Run(
            chunks,
            threads,
            () =>
            {
                var worker = new Worker(quantiles, windows, size);
                return chunk =>
                {
                    for (
                        var resample = chunk * ResamplesAtOnce;
                        resample < Math.Min(resamples, (chunk + 1) * ResamplesAtOnce);
                        resample++
                    )
                        worker.Run(resample, result);
                };
            },
            CancellationToken.None
        );
        return result;
    }

    private sealed class Worker(PairedQuantiles quantiles, QuantileWindow[] windows, int size)
    {
        private readonly BlockDraws _throws = new(quantiles._seed, StreamKind.PairedThrows);
        private readonly int[] _counts = new int[quantiles._counts.Blocks];
        private readonly int[] _weights = new int[quantiles._cells.Padded];

        public void Run(int resample, double[][] result)
        {
            var cells = quantiles._cells;
            quantiles._counts.Fill(quantiles._seed, StreamKind.PairedBlocks, (uint)resample, _counts);
            for (var (block, from) = (0, 0); from < cells.Single; block++, from += BlockDraws.BlockSize)
                _throws.Fill(
                    _counts[block],
                    (uint)resample,
                    (uint)block,
                    _weights.AsSpan(from),
                    Math.Min(BlockDraws.BlockSize, cells.Single - from)
                );
            var groups = _counts.AsSpan(_counts.Length - cells.GroupSizes.Length);
            for (var window = 0; window < windows.Length; window++)
                result[window][resample] = Find(
                    windows[window],
                    cells.Order[window],
                    Sum(_weights, cells.IsLow[window]) + Sum(groups, cells.AreLow[window])
                );
        }

        /// <summary>
        /// The quantile, counted upward from the window's lower end, given the number of draws there.
        /// </summary>
        private double Find(QuantileWindow window, int[] order, int seen)
        {
            var (below, next) = ((int)window.Rank, 0);
            var first = At(below);
            return first + (window.Rank - below) * (At(Math.Min(below + 1, size - 1)) - first);

            double At(int rank)
            {
                while (seen <= rank && next < order.Length)
                    seen += _weights[order[next++]];
                if (seen <= rank)
                    return window.High;
                return next == 0 ? window.Low : window.Values[next - 1];
            }
        }

        /// <summary>
        /// The sum of the numbers whose mask is all ones; whole numbers, so that their order does not matter.
        /// </summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static int Sum(ReadOnlySpan<int> numbers, ReadOnlySpan<int> masks)
        {
            var sums = Vector<int>.Zero;
            var wide = MemoryMarshal.Cast<int, Vector<int>>(numbers);
            var wideMasks = MemoryMarshal.Cast<int, Vector<int>>(masks);
            for (var i = 0; i < wide.Length; i++)
                sums += wide[i] & wideMasks[i];
            var sum = Vector.Sum(sums);
            for (var i = wide.Length * Vector<int>.Count; i < numbers.Length; i++)
                sum += numbers[i] & masks[i];
            return sum;
        }
    }
}
