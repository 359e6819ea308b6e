using Tollgate.Accounting.Usage;

namespace Tollgate.Accounting.Stores.Sql;

/// <summary>
/// Buckets of time, split into the parts that each kind of rollup can answer and those that only records can. Each part
/// is one range of an index, and all parts are read by one statement.
/// </summary>
/// <remarks>
/// A bucket that does not consist of whole rollups is the difference of a longer one and its ends, if these are
/// shorter: 23 hours are a day without an hour. Sums are integers and decimals, so differences are exact.
/// </remarks>
internal sealed class StepRanges
{
    private readonly List<(int Hours, long Length)> _levels;

    private StepRanges(IEnumerable<int> hours) =>
        _levels = [
            (0, RollupKey.SlotMicros),
            .. hours.Select(static length => (length, length * RollupKey.HourMicros)),
        ];

    /// <summary>The buckets themselves, for a query that is not rolled up.</summary>
    public List<StepRange> Buckets { get; } = [];

    /// <summary>The whole slots, including those in longer rollups.</summary>
    public List<StepRange> AllSlots { get; } = [];

    /// <summary>The whole slots outside longer rollups.</summary>
    public List<StepRange> Slots { get; } = [];

    /// <summary>The longer rollups.</summary>
    public List<StepRange> Blocks { get; } = [];

    /// <summary>The times outside whole slots.</summary>
    public List<StepRange> Rest { get; } = [];

    /// <summary>True if parts are subtracted.</summary>
    public bool HasDifferences { get; private set; }

    /// <summary>Splits the buckets of a query, or its period.</summary>
    /// <param name="query">The query.</param>
    /// <param name="hours">The lengths of the longer rollups, each a multiple of the one before.</param>
    public static StepRanges Create(UsageSumQuery query, IEnumerable<int> hours)
    {
        var ranges = new StepRanges(hours);
        if (query.Edges.Count == 0)
            ranges.Add(0, query.Period);
        for (var step = 0; step + 1 < query.Edges.Count; step++)
            ranges.Add(step, new UsagePeriod(query.Edges[step], query.Edges[step + 1]));
        return ranges;
    }

    private void Add(int step, UsagePeriod bucket)
    {
        var cut = UsageSlot.Split(bucket);
        Add(Buckets, new StepRange(step, cut.HeadFrom, cut.TailTo));
        Add(Rest, new StepRange(step, cut.HeadFrom, cut.FirstSlot));
        Add(Rest, new StepRange(step, cut.EndSlot, cut.TailTo));
        Add(AllSlots, new StepRange(step, cut.FirstSlot, cut.EndSlot));
        Split(step, cut.FirstSlot, cut.EndSlot);
    }

    /// <summary>
    /// Moves both ends to the nearest ones of the next longer rollups, as long as fewer rows are read that way.
    /// </summary>
    private void Split(int step, long from, long to)
    {
        for (var level = 0; from < to; level++)
        {
            var (first, last) = (to, to);
            if (level + 1 < _levels.Count)
            {
                var next = _levels[level + 1].Length;
                // Of two ends that are equally near, the one without a difference.
                (first, last) = (-MoveToNearest(-from, next), MoveToNearest(to, next));
            }

            var moved = Math.Abs(from - first) + Math.Abs(to - last);
            // Unsigned, because an unbounded period is longer than a signed number.
            if (first >= last || (ulong)(to - from) <= (ulong)(moved + _levels[level].Length))
                (first, last) = (to, to);
            AddDifference(level, step, from, first);
            AddDifference(level, step, last, to);
            (from, to) = (first, last);
        }
    }

    /// <summary>Adds a part, or subtracts it if its end is before its start.</summary>
    private void AddDifference(int level, int step, long from, long to)
    {
        HasDifferences |= from > to;
        Add(
            level == 0 ? Slots : Blocks,
            new StepRange(step, Math.Min(from, to), Math.Max(from, to))
            {
                Sign = from > to ? -1 : 1,
                Hours = _levels[level].Hours,
            }
        );
    }

    private static long MoveToNearest(long time, long length)
    {
        var low = RollupKey.Floor(time, length);
        return time - low <= length / 2 ? low : low + length;
    }

    private static void Add(List<StepRange> ranges, StepRange range)
    {
        if (range.From < range.To)
            ranges.Add(range);
    }
}
