using Tollgate.Accounting.Usage;

namespace Tollgate.Operations.Usage.Series;

/// <summary>The groups that have a line of their own.</summary>
/// <param name="dimensions">The dimensions of the groups.</param>
/// <param name="names">Their names, highest first.</param>
internal sealed class ShownGroups(IReadOnlyList<UsageDimension> dimensions, IReadOnlyList<IReadOnlyList<string?>> names)
{
    /// <summary>The conditions that they meet; other pairs of the same names may meet them as well.</summary>
    public IEnumerable<UsageFilter> Filters =>
        dimensions.Select((dimension, index) => DimensionFilter.In(dimension, names.Select(group => group[index])));

    /// <summary>Returns a text that is the same for equal names only; no name contains U+0000.</summary>
    public static string GetKey(IReadOnlyList<string?> names) =>
        string.Join('\0', names.Select(static name => name is null ? "-" : "+" + name));

    /// <summary>Builds a line for each group, and one for the difference from the total.</summary>
    public IReadOnlyList<SeriesLine> BuildLines(
        SeriesLineBuilder builder,
        IReadOnlyList<UsageSum> sums,
        UsageTotals[] all
    )
    {
        if (dimensions.Count == 0)
            return [];
        var byGroup = sums.ToLookup(static sum => GetKey(sum.Names), StringComparer.Ordinal);
        var lines = new List<SeriesLine>();
        var others = all.ToArray();
        foreach (var group in names)
        {
            var totals = builder.Spread(byGroup[GetKey(group)]);
            for (var step = 0; step < others.Length; step++)
                others[step] -= totals[step];
            lines.Add(builder.Build(group, totals));
        }

        if (others.Any(static step => step != new UsageTotals()))
            lines.Add(builder.Build([], others, isOther: true));
        return lines;
    }
}
