namespace Tollgate.Analytics.Statistics.Dependence;

/// <summary>Ranks from 1, with tied values at their mean rank.</summary>
internal static class Ranks
{
    public static double[] Calculate(ReadOnlySpan<double> values)
    {
        var sorted = values.ToArray();
        var order = new int[values.Length];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        Array.Sort(sorted, order);
        var ranks = new double[values.Length];
        for (int first = 0, next; first < sorted.Length; first = next)
        {
            for (next = first + 1; next < sorted.Length && sorted[next] == sorted[first];)
                next++;
            for (var i = first; i < next; i++)
                ranks[order[i]] = (first + next + 1) / 2.0;
        }
        return ranks;
    }

    /// <summary>Ranks over n + 1: numbers above 0 and below 1, as copulas need them.</summary>
    public static double[] Scaled(ReadOnlySpan<double> values)
    {
        var ranks = Calculate(values);
        foreach (ref var rank in ranks.AsSpan())
            rank /= values.Length + 1;
        return ranks;
    }
}
