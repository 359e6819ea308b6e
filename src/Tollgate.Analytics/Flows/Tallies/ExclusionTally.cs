using Tollgate.Analytics.Flows.Reading;

namespace Tollgate.Analytics.Flows.Tallies;

/// <summary>The flows that lack a time.</summary>
internal sealed class ExclusionTally
{
    private readonly long[] _flows = new long[Enum.GetValues<TimeGap>().Length];
    private readonly Int128[] _nano = new Int128[Enum.GetValues<TimeGap>().Length];

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

    public static IReadOnlyList<ExcludedFlows> Sum(IReadOnlyCollection<ExclusionTally> tallies) =>
    [
        .. from gap in Enum.GetValues<TimeGap>()
           let flows = tallies.Sum(tally => tally._flows[(int)gap])
           where flows > 0
           select new ExcludedFlows(gap, flows, new TokenAmount(tallies.Aggregate(Int128.Zero, (sum, tally) => sum + tally._nano[(int)gap]))),
    ];
}
