using Tollgate.Analytics.Statistics.Numerics;

namespace Tollgate.Analytics.Statistics.Dependence;

/// <summary>
/// The two-sided p value of Kendall's tau against no dependence: exact up to 33 pairs without ties (M. G. Kendall,
/// Rank Correlation Methods, 1970), otherwise by the normal approximation with its variance corrected for ties.
/// </summary>
internal static class KendallSignificance
{
    private const int MaxExactPairs = 33;

    public static double PValue(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var counts = KendallCounts.Count(x, y);
        var hasTies = counts.TiedX > 0 || counts.TiedY > 0;
        if (!hasTies && x.Length <= MaxExactPairs)
            return Exact(x.Length, counts.Discordant);
        var difference = counts.Pairs - counts.TiedX - counts.TiedY + counts.TiedBoth - 2.0 * counts.Discordant;
        return Asymptotic(difference, x.Length, Ties.Count(x), Ties.Count(y));
    }

    /// <summary>
    /// The share of the permutations that are at least as far from independence, by counting permutations with a number
    /// of inversions.
    /// </summary>
    private static double Exact(int length, long discordant)
    {
        var pairs = (long)length * (length - 1) / 2;
        var fewest = Math.Min(discordant, pairs - discordant);
        if (2 * fewest == pairs)
            return 1;
        // The share of permutations of n numbers with k inversions, from those of n - 1 numbers.
        var shares = new double[fewest + 1];
        shares[0] = 1;
        for (var n = 2; n <= length; n++)
        {
            var next = new double[fewest + 1];
            for (var inversions = 0; inversions <= fewest; inversions++)
                for (var added = 0; added < n && added <= inversions; added++)
                    next[inversions] += shares[inversions - added] / n;
            shares = next;
        }

        return Math.Min(1, 2 * shares.Sum());
    }

    private static double Asymptotic(double difference, int length, in Ties x, in Ties y)
    {
        double n = length;
        var variance =
            ((n * (n - 1) * (2 * n + 5)) - x.Cubic - y.Cubic) / 18
            + (2 * x.Pairs * 2 * y.Pairs / (2 * n * (n - 1)))
            + (n > 2 ? x.Triples * y.Triples / (9 * n * (n - 1) * (n - 2)) : 0);
        return variance > 0 ? 2 * StandardNormal.Cumulative(-Math.Abs(difference) / Math.Sqrt(variance)) : 1;
    }

    /// <summary>Sums over the groups of equal values, where t is the size of a group.</summary>
    /// <param name="Pairs">t (t - 1) / 2.</param>
    /// <param name="Triples">t (t - 1) (t - 2).</param>
    /// <param name="Cubic">t (t - 1) (2 t + 5).</param>
    private readonly record struct Ties(double Pairs, double Triples, double Cubic)
    {
        public static Ties Count(ReadOnlySpan<double> values)
        {
            var sorted = values.ToArray();
            Array.Sort(sorted);
            var ties = default(Ties);
            for (int start = 0, end; start < sorted.Length; start = end)
            {
                for (end = start + 1; end < sorted.Length && sorted[end] == sorted[start]; end++) { }
                double t = end - start;
                ties = new Ties(
                    ties.Pairs + (t * (t - 1) / 2),
                    ties.Triples + (t * (t - 1) * (t - 2)),
                    ties.Cubic + (t * (t - 1) * (2 * t + 5))
                );
            }

            return ties;
        }
    }
}
