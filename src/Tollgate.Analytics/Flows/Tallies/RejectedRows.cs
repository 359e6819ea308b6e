namespace Tollgate.Analytics.Flows.Tallies;

/// <summary>Merges the rows that the threads rejected, and determines each row's line in its file.</summary>
internal sealed class RejectedRows
{
    private readonly FlowCounter[] _tallies;

    public RejectedRows(FlowCounter[] tallies, IReadOnlyList<string> sources)
    {
        _tallies = tallies;
        First = Array.TrueForAll(tallies, static tally => tally.IsClean) ? [] : Locate(GetFirst(tallies), sources);
    }

    /// <summary>The first rejected rows overall.</summary>
    public IReadOnlyList<RejectedRow> First { get; }

    public RejectedFlows Sum()
    {
        var counts = new SortedDictionary<RejectReason, long>();
        long all = 0;
        foreach (var tally in _tallies)
        {
            if (tally.IsClean)
                continue;
            foreach (var (reason, count) in tally.Rejects.Counts)
            {
                counts[reason] = counts.GetValueOrDefault(reason) + count;
                all += count;
            }
        }

        return new RejectedFlows(all, counts, First);
    }

    private static RejectedField[] GetFirst(FlowCounter[] tallies) =>
        [
            .. tallies
                .SelectMany(static tally => tally.Rejects.First)
                .OrderBy(static field => field.Block)
                .ThenBy(static field => field.Line)
                .Take(RejectedFlows.Shown),
        ];

    private RejectedRow[] Locate(RejectedField[] rejected, IReadOnlyList<string> sources)
    {
        var before = new Dictionary<int, (int Source, long Lines)>();
        var (source, lines) = (0, 0L);
        foreach (var block in _tallies.SelectMany(static tally => tally.Lines).OrderBy(static block => block.Block))
        {
            if (block.Source != source)
                (source, lines) = (block.Source, 0);
            before[block.Block] = (source, lines);
            lines += block.Lines;
        }

        return
        [
            .. rejected.Select(field => new RejectedRow(
                sources[before[field.Block].Source],
                before[field.Block].Lines + field.Line + 1,
                field.Column,
                field.Reason,
                field.Text
            )),
        ];
    }
}
