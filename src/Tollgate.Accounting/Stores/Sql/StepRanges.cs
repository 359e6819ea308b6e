using Tollgate.Accounting.Time;
using Tollgate.Accounting.Usage;

namespace Tollgate.Accounting.Stores.Sql;

/// <summary>
/// Buckets of time, split into the parts that each kind of rollup can answer and those that only records can. Each part
/// is one range of an index, and all parts are read by one statement.
/// </summary>
internal sealed class StepRanges
{
    /// <summary>The buckets themselves, for a query that is not rolled up.</summary>
    public List<StepRange> Buckets { get; } = [];

    /// <summary>The whole slots, including whole days.</summary>
    public List<StepRange> AllSlots { get; } = [];

    /// <summary>The whole slots outside whole days.</summary>
    public List<StepRange> Slots { get; } = [];

    /// <summary>The whole days.</summary>
    public List<StepRange> Days { get; } = [];

    /// <summary>The times outside whole slots.</summary>
    public List<StepRange> Rest { get; } = [];

    public static StepRanges FromEdges(IReadOnlyList<DateTimeOffset> edges)
    {
        var ranges = new StepRanges();
        for (var step = 0; step + 1 < edges.Count; step++)
            ranges.Add(step, new UsagePeriod(edges[step], edges[step + 1]));
        return ranges;
    }

    private void Add(int step, UsagePeriod bucket)
    {
        Add(Buckets, step, bucket.From!.Value.ToMicros(), bucket.To!.Value.ToMicros());
        var cut = UsageSlot.Split(bucket);
        Add(Rest, step, cut.HeadFrom, cut.FirstSlot);
        Add(AllSlots, step, cut.FirstSlot, cut.EndSlot);
        Add(Slots, step, cut.FirstSlot, cut.FirstDay);
        Add(Days, step, cut.FirstDay, cut.EndDay);
        Add(Slots, step, cut.EndDay, cut.EndSlot);
        Add(Rest, step, cut.EndSlot, cut.TailTo);
    }

    private static void Add(List<StepRange> ranges, int step, long from, long to)
    {
        if (from < to)
            ranges.Add(new StepRange(step, from, to));
    }
}
