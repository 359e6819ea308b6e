using Tollgate.Accounting.Usage;

namespace Tollgate.Operations.Usage.Series;

/// <summary>The groups that have a line of their own.</summary>
/// <param name="dimensions">The dimensions of the groups.</param>
/// <param name="ranked">All groups, highest first.</param>
/// <param name="top">The maximum number of lines.</param>
internal sealed class ShownGroups(IReadOnlyList<UsageDimension> dimensions, IReadOnlyList<UsageSum> ranked, int top)
{
    /// <summary>Their names, highest first.</summary>
    public IReadOnlyList<IReadOnlyList<string?>> Names { get; } = [.. ranked.Take(top).Select(static sum => sum.Names)];

    public bool IsEmpty => Names.Count == 0;

    /// <summary>The conditions that they meet; other pairs of the same names may meet them as well.</summary>
    public IEnumerable<UsageFilter> Filters =>
        dimensions.Select((dimension, index) => DimensionFilter.In(dimension, Names.Select(names => names[index])));

    /// <summary>Builds a line for each group, and one for the difference from the total.</summary>
    public IReadOnlyList<SeriesLine> BuildLines(
        SeriesLineBuilder builder,
        IReadOnlyList<UsageSum> sums,
        UsageTotals[] all
    )
    {
        if (dimensions.Count == 0)
            return [];
        var lines = new List<SeriesLine>();
        var others = all.ToArray();
        foreach (var names in Names)
        {
            var totals = builder.Spread(sums.Where(sum => sum.Names.SequenceEqual(names)));
            for (var step = 0; step < others.Length; step++)
                others[step] -= totals[step];
            lines.Add(builder.Build(names, totals));
        }

        if (others.Any(static step => step != new UsageTotals()))
            lines.Add(builder.Build([], others, isOther: true));
        return lines;
    }
}
