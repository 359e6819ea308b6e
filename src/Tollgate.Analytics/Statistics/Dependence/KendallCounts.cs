namespace Tollgate.Analytics.Statistics.Dependence;

/// <summary>Counts of pairs of pairs: all, those tied in one or both columns, and the discordant ones.</summary>
internal readonly record struct KendallCounts(long Pairs, long TiedX, long TiedY, long TiedBoth, long Discordant)
{
    public static KendallCounts Count(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        // 1. Sort by x, and by y where x is tied: then every exchange that sorting by y needs is one discordant pair.
        var pairs = new (double X, double Y)[x.Length];
        for (var i = 0; i < pairs.Length; i++)
            pairs[i] = (x[i], y[i]);
        Array.Sort(pairs);
        long tiedX = 0,
            tiedBoth = 0;
        for (int i = 1, runX = 1, runBoth = 1; i <= pairs.Length; i++)
        {
            var sameX = i < pairs.Length && pairs[i].X == pairs[i - 1].X;
            runX = Extend(runX, sameX, ref tiedX);
            runBoth = Extend(runBoth, sameX && pairs[i].Y == pairs[i - 1].Y, ref tiedBoth);
        }

        // 2. Count the exchanges by merging.
        var values = Array.ConvertAll(pairs, pair => pair.Y);
        var discordant = Exchanges(values, new double[values.Length]);
        long tiedY = 0;
        for (int i = 1, run = 1; i <= values.Length; i++)
            run = Extend(run, i < values.Length && values[i] == values[i - 1], ref tiedY);
        return new KendallCounts((long)x.Length * (x.Length - 1) / 2, tiedX, tiedY, tiedBoth, discordant);
    }

    private static int Extend(int run, bool goesOn, ref long tied)
    {
        if (goesOn)
            return run + 1;
        tied += (long)run * (run - 1) / 2;
        return 1;
    }

    private static long Exchanges(double[] values, double[] merged)
    {
        long exchanges = 0;
        for (var width = 1; width < values.Length; width *= 2)
        {
            for (var from = 0; from < values.Length; from += 2 * width)
            {
                int left = from,
                    middle = Math.Min(from + width, values.Length),
                    right = middle,
                    end = Math.Min(from + 2 * width, values.Length);
                for (var at = from; at < end; at++)
                    if (left < middle && (right >= end || values[left] <= values[right]))
                        merged[at] = values[left++];
                    else
                    {
                        exchanges += middle - left;
                        merged[at] = values[right++];
                    }
            }
            merged.AsSpan().CopyTo(values);
        }
        return exchanges;
    }
}
