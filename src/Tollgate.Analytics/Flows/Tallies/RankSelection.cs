using System.Runtime.CompilerServices;

namespace Tollgate.Analytics.Flows.Tallies;

/// <summary>
/// Finds values by their rank without sorting them: counts how many fall into each of a few thousand ranges, and looks
/// more closely only at the range that contains the rank. Reads the values two or three times; sorts and copies at most
/// a few thousand.
/// </summary>
internal static class RankSelection
{
    private const int RangeBits = 12,
        SortedAtOnce = 1 << 14;

    /// <summary>
    /// The values at two indexes of the sorted order, from 0, the second of which is equal to the first or follows it.
    /// </summary>
    public static (long Lower, long Upper) Select(CostPieces pieces, long lower, long upper)
    {
        var (min, max) = GetMinMax(pieces);
        var (value, next) = Look(pieces, min, max, 0, lower);
        return (value, upper == lower ? value : next ?? Look(pieces, min, max, 0, upper).Value);
    }

    /// <summary>
    /// Searches the values from <paramref name="min"/> to <paramref name="max"/>, the first of which has the rank
    /// <paramref name="before"/>. Also returns the value after the requested one, if it has been determined.
    /// </summary>
    private static (long Value, long? Next) Look(CostPieces pieces, long min, long max, long before, long place)
    {
        while (min < max)
        {
            var shift = (int)Math.Max(0, 64 - long.LeadingZeroCount(max - min) - RangeBits);
            var counts = Count(pieces, min, max, shift);
            var range = 0;
            while (place >= before + counts[range])
                before += counts[range++];
            min += (long)range << shift;
            max = Math.Min(max, min + (1L << shift) - 1);
            if (counts[range] > SortedAtOnce)
                continue;

            var values = Sort(pieces, min, max, counts[range]);
            var index = place - before;
            return (values[index], index + 1 < values.Length ? values[index + 1] : null);
        }

        return (min, null);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long[] Count(CostPieces pieces, long min, long max, int shift)
    {
        var counts = new long[1 << RangeBits];
        var span = (ulong)(max - min);
        for (var index = 0; index < pieces.Count; index++)
            foreach (var value in pieces[index])
                if ((ulong)(value - min) is var above && above <= span)
                    counts[above >> shift]++;
        return counts;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long[] Sort(CostPieces pieces, long from, long to, long count)
    {
        var values = new long[count];
        var kept = 0;
        for (var index = 0; index < pieces.Count; index++)
            foreach (var value in pieces[index])
                if (value >= from && value <= to)
                    values[kept++] = value;
        Array.Sort(values);
        return values;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (long Least, long Most) GetMinMax(CostPieces pieces)
    {
        var (min, max) = (long.MaxValue, long.MinValue);
        for (var index = 0; index < pieces.Count; index++)
            foreach (var value in pieces[index])
                (min, max) = (Math.Min(min, value), Math.Max(max, value));
        return (min, max);
    }
}
