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
        var (least, most) = GetMinMax(pieces);
        var (value, next) = Look(pieces, least, most, 0, lower);
        return (value, upper == lower ? value : next ?? Look(pieces, least, most, 0, upper).Value);
    }

    /// <summary>
    /// Searches the values from <paramref name="least"/> to <paramref name="most"/>, the first of which has the rank
    /// <paramref name="before"/>. Also returns the value after the requested one, if it has been determined.
    /// </summary>
    private static (long Value, long? Next) Look(CostPieces pieces, long least, long most, long before, long place)
    {
        while (least < most)
        {
            var shift = (int)Math.Max(0, 64 - long.LeadingZeroCount(most - least) - RangeBits);
            var counts = Count(pieces, least, most, shift);
            var range = 0;
            while (place >= before + counts[range])
                before += counts[range++];
            least += (long)range << shift;
            most = Math.Min(most, least + (1L << shift) - 1);
            if (counts[range] > SortedAtOnce)
                continue;

            var values = Sort(pieces, least, most, counts[range]);
            var index = place - before;
            return (values[index], index + 1 < values.Length ? values[index + 1] : null);
        }

        return (least, null);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long[] Count(CostPieces pieces, long least, long most, int shift)
    {
        var counts = new long[1 << RangeBits];
        var span = (ulong)(most - least);
        for (var index = 0; index < pieces.Count; index++)
            foreach (var value in pieces[index])
                if ((ulong)(value - least) is var above && above <= span)
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
        var (least, most) = (long.MaxValue, long.MinValue);
        for (var index = 0; index < pieces.Count; index++)
            foreach (var value in pieces[index])
                (least, most) = (Math.Min(least, value), Math.Max(most, value));
        return (least, most);
    }
}
