namespace Tollgate.Analytics.Flows.Tallies;

/// <summary>Puts together what the threads have counted of one group.</summary>
internal static class GroupSummary
{
    private const decimal PicoPerUsd = 1_000_000_000_000m;

    public static FlowGroup Of(string name, IReadOnlyCollection<GroupTally> parts, FlowOptions options)
    {
        var count = parts.Sum(static part => part.Costs.Count);
        Percentile[] percentiles = [.. options.Percentiles.Select(percent => new Percentile(percent, count, options.Method))];
        var costs = RankSelection.Select(
            [.. parts.SelectMany(static part => part.Costs.Pieces)],
            percentiles.SelectMany(static percentile => (long[])[percentile.Lower, percentile.Upper]));
        return new FlowGroup(
            name,
            count,
            [.. percentiles.Select(percentile => percentile.Between(costs[percentile.Lower], costs[percentile.Upper]))],
            (decimal)Sum(parts, static part => part.CostPico) / PicoPerUsd,
            new TokenAmount(Sum(parts, static part => part.NanoIn)),
            new TokenAmount(Sum(parts, static part => part.NanoOut)));
    }

    private static Int128 Sum(IEnumerable<GroupTally> parts, Func<GroupTally, Int128> value) =>
        parts.Aggregate(Int128.Zero, (sum, part) => sum + value(part));
}
