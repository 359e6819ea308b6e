using System.Runtime.CompilerServices;

namespace Tollgate.Analytics.Flows.Tallies;

/// <summary>
/// Finds values by their place in the order without putting them in order: counts how many fall into each of a few
/// thousand ranges, and looks closer only at the ranges in which a sought place lies. Reads the values two or three
/// times; sorts a few thousand of them at most, and copies no more.
/// </summary>
internal static class RankSelection
{
    private const int Ranges = 1 << 12, SortedAtOnce = 1 << 14;

    /// <summary>The value at each place of the sorted order, from 0.</summary>
    public static Dictionary<long, long> Select(IReadOnlyList<ReadOnlyMemory<long>> pieces, IEnumerable<long> places)
    {
        var found = new Dictionary<long, long>();
        var (least, most) = Extremes(pieces);
        Look(pieces, least, most, 0, [.. places.Distinct().Order()], found);
        return found;
    }

    /// <summary>Looks at the values from <paramref name="least"/> to <paramref name="most"/>, of which the first has the place <paramref name="before"/>.</summary>
    private static void Look(IReadOnlyList<ReadOnlyMemory<long>> pieces, long least, long most, long before, long[] places, Dictionary<long, long> found)
    {
        if (least == most)
        {
            foreach (var place in places) found[place] = least;
            return;
        }

        var shift = Math.Max(0, 64 - long.LeadingZeroCount(most - least) - 12);
        var counts = Count(pieces, least, most, (int)shift);
        var next = 0;
        for (var range = 0; range < counts.Length && next < places.Length; before += counts[range++])
        {
            var first = next;
            while (next < places.Length && places[next] < before + counts[range]) next++;
            if (next == first) continue;
            var from = least + ((long)range << (int)shift);
            var to = Math.Min(most, from + (1L << (int)shift) - 1);
            var inside = places[first..next];
            if (counts[range] > SortedAtOnce) Look(pieces, from, to, before, inside, found);
            else Sort(pieces, from, to, counts[range], before, inside, found);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long[] Count(IReadOnlyList<ReadOnlyMemory<long>> pieces, long least, long most, int shift)
    {
        var counts = new long[Ranges];
        var span = (ulong)(most - least);
        foreach (var piece in pieces)
            foreach (var value in piece.Span)
                if ((ulong)(value - least) is var above && above <= span)
                    counts[above >> shift]++;
        return counts;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sort(IReadOnlyList<ReadOnlyMemory<long>> pieces, long from, long to, long count, long before, long[] places, Dictionary<long, long> found)
    {
        var values = new long[count];
        var index = 0;
        foreach (var piece in pieces)
            foreach (var value in piece.Span)
                if (value >= from && value <= to)
                    values[index++] = value;
        Array.Sort(values);
        foreach (var place in places) found[place] = values[place - before];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (long Least, long Most) Extremes(IReadOnlyList<ReadOnlyMemory<long>> pieces)
    {
        var (least, most) = (long.MaxValue, long.MinValue);
        foreach (var piece in pieces)
            foreach (var value in piece.Span)
                (least, most) = (Math.Min(least, value), Math.Max(most, value));
        return (least, most);
    }
}
