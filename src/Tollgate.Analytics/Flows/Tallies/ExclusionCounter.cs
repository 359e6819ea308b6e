using Tollgate.Analytics.Flows.Reading;

namespace Tollgate.Analytics.Flows.Tallies;

/// <summary>Counts the flows without a usable time.</summary>
internal sealed class ExclusionCounter
{
    private const TimeGap Last = TimeGap.FinishedAtImpossible;

    private readonly long[] _flows = new long[(int)Last + 1];
    private readonly Int128[] _nano = new Int128[(int)Last + 1];

    public void Add(TimeReading start, TimeReading end, long nano)
    {
        var gap = start switch
        {
            TimeReading.Missing => TimeGap.CreatedAtMissing,
            TimeReading.Impossible => TimeGap.CreatedAtImpossible,
            _ => end == TimeReading.Missing ? TimeGap.FinishedAtMissing : TimeGap.FinishedAtImpossible,
        };
        _flows[(int)gap]++;
        _nano[(int)gap] += nano;
    }

    public static IReadOnlyList<ExcludedFlows> Sum(FlowCounter[] tallies)
    {
        var excluded = new List<ExcludedFlows>();
        for (var gap = TimeGap.CreatedAtMissing; gap <= Last; gap++)
        {
            var (flows, nano) = (0L, Int128.Zero);
            foreach (var tally in tallies)
            {
                flows += tally.Excluded._flows[(int)gap];
                nano += tally.Excluded._nano[(int)gap];
            }

            if (flows > 0)
                excluded.Add(new ExcludedFlows(gap, flows, new TokenAmount(nano)));
        }

        return excluded;
    }
}
