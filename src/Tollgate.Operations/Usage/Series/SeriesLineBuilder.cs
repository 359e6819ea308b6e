using Tollgate.Accounting.Usage;
using Tollgate.Operations.Usage.Figures;

namespace Tollgate.Operations.Usage.Series;

/// <summary>Builds lines from the totals of each bucket, and fills gaps.</summary>
internal sealed class SeriesLineBuilder(SeriesRequest request, SeriesBuckets buckets, DateTimeOffset now)
{
    private readonly Dictionary<DateTimeOffset, int> _steps = CreateSteps(buckets);

    /// <summary>Returns the totals of each bucket, zero where there are none.</summary>
    public UsageTotals[] Spread(IEnumerable<UsageSum> sums)
    {
        var totals = new UsageTotals[buckets.Edges.Count - 1];
        Array.Fill(totals, new UsageTotals());
        foreach (var sum in sums)
            totals[_steps[sum.Slot!.Value]] += sum.Totals;
        return totals;
    }

    /// <summary>Creates a line.</summary>
    public SeriesLine Build(IReadOnlyList<string?> names, UsageTotals[] totals, bool isOther = false)
    {
        var sum = new UsageTotals();
        var points = new List<SeriesPoint>(totals.Length);
        for (var step = 0; step < totals.Length; step++)
        {
            sum += totals[step];
            points.Add(CreatePoint(step, request.IsCumulative ? sum : totals[step]));
        }

        return new SeriesLine
        {
            Names = names,
            IsOther = isOther,
            Values = GetValues(sum),
            Points = points,
        };
    }

    private SeriesPoint CreatePoint(int step, UsageTotals totals) =>
        new()
        {
            Start = buckets.ToLocal(step),
            End = buckets.ToLocal(step + 1),
            IsPartial = buckets.IsPartial(step, now),
            Values = GetValues(totals),
            Unpriced = totals.Unpriced,
            Estimated = totals.Estimated,
            Totals = totals,
        };

    private MeasureValue[] GetValues(UsageTotals totals) =>
        [.. request.Measures.Select(measure => new MeasureValue(measure, measure.GetValue(totals)))];

    /// <summary>The last edge ends the range and starts no bucket.</summary>
    private static Dictionary<DateTimeOffset, int> CreateSteps(SeriesBuckets buckets)
    {
        var steps = new Dictionary<DateTimeOffset, int>();
        for (var step = 0; step + 1 < buckets.Edges.Count; step++)
            steps[buckets.Edges[step]] = step;
        return steps;
    }
}
