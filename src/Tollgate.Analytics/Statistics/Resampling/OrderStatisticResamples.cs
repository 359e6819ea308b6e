using Tollgate.Analytics.Statistics.Numerics;

namespace Tollgate.Analytics.Statistics.Resampling;

/// <summary>
/// The positions of a resample's quantiles in the sorted sample, drawn from their exact distribution. A resample of n
/// draws is n independent uniform numbers, each representing the value at floor(n u); its k-th smallest value is at the
/// k-th smallest of them, which is G(k) / G(n + 1), where G is a sum of independent exponential variates: a ratio of
/// gamma variates (L. Devroye 1986, V.3). So a quantile costs two gamma variates per resample instead of n draws and a
/// selection.
/// </summary>
internal static class OrderStatisticResamples
{
    /// <summary>
    /// For each of the increasing probabilities, its quantile (type 7) in each resample, as two positions and a weight.
    /// </summary>
    public static RankPair[][] Draw(int size, ReadOnlySpan<double> probabilities, int resamples, ulong seed)
    {
        var result = new RankPair[probabilities.Length][];
        for (var q = 0; q < result.Length; q++)
            result[q] = new RankPair[resamples];
        Span<double> sums = new double[2 * probabilities.Length + 1];
        for (var resample = 0; resample < resamples; resample++)
        {
            var stream = new RandomStream(seed, StreamKind.ResampleRanks, (uint)resample);
            SampleOrderStatistics(size, probabilities, ref stream, sums);
            for (var q = 0; q < result.Length; q++)
            {
                var rank = (size - 1) * probabilities[q];
                result[q][resample] = new RankPair(
                    GetIndex(sums[2 * q], sums[^1], size),
                    GetIndex(sums[2 * q + 1], sums[^1], size),
                    rank - Math.Floor(rank)
                );
            }
        }
        return result;
    }

    /// <summary>
    /// Running sums of exponential variates at the ranks below and above each quantile, and at the end.
    /// </summary>
    private static void SampleOrderStatistics(
        int size,
        ReadOnlySpan<double> probabilities,
        ref RandomStream stream,
        Span<double> sums
    )
    {
        double sum = 0;
        var reached = 0;
        for (var q = 0; q < probabilities.Length; q++)
            for (var step = 0; step < 2; step++)
            {
                var rank = Math.Min(size, (int)((size - 1) * probabilities[q]) + 1 + step);
                if (rank > reached)
                {
                    sum += stream.NextGamma(rank - reached);
                    reached = rank;
                }
                // Two quantiles of a small sample may lie between the same ranks: then the lower one has already been
                // passed.
                sums[2 * q + step] = rank < reached ? sums[2 * q - 2] : sum;
            }
        sums[^1] = sum + stream.NextGamma(size + 1 - reached);
    }

    private static int GetIndex(double sum, double whole, int size) => Math.Min(size - 1, (int)(sum / whole * size));
}

/// <summary>
/// Two positions in a sorted sample, and a quantile's fraction of the way from the first to the second.
/// </summary>
internal readonly record struct RankPair(int Below, int Above, double Weight)
{
    public double GetQuantile(ReadOnlySpan<double> sorted) => sorted[Below] + Weight * (sorted[Above] - sorted[Below]);
}
