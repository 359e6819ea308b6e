using System.Text;

namespace Tollgate.Analytics.Flows.Tallies;

/// <summary>Merges the threads' counts of each group.</summary>
internal static class GroupSummary
{
    private const decimal PicoPerUsd = 1_000_000_000_000m;

    /// <summary>The groups that have a cost, ordered by name.</summary>
    public static FlowGroup[] All(FlowCounter[] tallies, FlowOptions options)
    {
        var parts = new Dictionary<string, List<GroupCounter>>(StringComparer.Ordinal);
        foreach (var tally in tallies)
        {
            foreach (var group in tally.Groups.Groups)
            {
                if (group.Costs.Count == 0)
                    continue;
                var name = Encoding.UTF8.GetString(group.Name);
                if (!parts.TryGetValue(name, out var same))
                    parts.Add(name, same = []);
                same.Add(group);
            }
        }

        var names = new string[parts.Count];
        parts.Keys.CopyTo(names, 0);
        Array.Sort(names, StringComparer.Ordinal);
        return Array.ConvertAll(names, name => Summarize(name, parts[name], options));
    }

    private static FlowGroup Summarize(string name, List<GroupCounter> parts, FlowOptions options)
    {
        var (count, pico, nanoIn, nanoOut) = (0L, Int128.Zero, Int128.Zero, Int128.Zero);
        var pieces = new CostPieces();
        foreach (var part in parts)
        {
            count += part.Costs.Count;
            pico += part.CostPico;
            nanoIn += part.NanoIn;
            nanoOut += part.NanoOut;
            part.Costs.AddTo(pieces);
        }

        var costs = new decimal[options.Percentiles.Count];
        for (var index = 0; index < costs.Length; index++)
        {
            var percentile = new Percentile(options.Percentiles[index], count, options.Method);
            var (lower, upper) = RankSelection.Select(pieces, percentile.Lower, percentile.Upper);
            costs[index] = percentile.Between(lower, upper);
        }

        return new FlowGroup(
            name,
            count,
            costs,
            (decimal)pico / PicoPerUsd,
            new TokenAmount(nanoIn),
            new TokenAmount(nanoOut)
        );
    }
}
