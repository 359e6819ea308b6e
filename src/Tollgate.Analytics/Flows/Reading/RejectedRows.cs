using Tollgate.Analytics.Flows.Tallies;

namespace Tollgate.Analytics.Flows.Reading;

/// <summary>Puts together what the threads have rejected, and finds the line of each row in its file.</summary>
internal sealed class RejectedRows
{
    private readonly FlowTally[] _tallies;

    public RejectedRows(FlowTally[] tallies, IReadOnlyList<string> sources)
    {
        _tallies = tallies;
        var rejected = tallies.SelectMany(static tally => tally.Rejects.First)
            .OrderBy(static field => field.Block).ThenBy(static field => field.Line)
            .Take(RejectedFlows.Shown).ToArray();
        First = rejected.Length == 0 ? [] : Locate(rejected, sources);
    }

    /// <summary>The first ones of all.</summary>
    public IReadOnlyList<RejectedRow> First { get; }

    public RejectedFlows Sum()
    {
        var counts = Enum.GetValues<RejectReason>()
            .Select(reason => KeyValuePair.Create(reason, _tallies.Sum(tally => tally.Rejects[reason])))
            .Where(static count => count.Value > 0)
            .ToDictionary();
        return new RejectedFlows(counts.Values.Sum(), counts, First);
    }

    private RejectedRow[] Locate(RejectedField[] rejected, IReadOnlyList<string> sources)
    {
        var before = new Dictionary<int, (int Source, long Lines)>();
        var (source, lines) = (0, 0L);
        foreach (var block in _tallies.SelectMany(static tally => tally.Lines).OrderBy(static block => block.Block))
        {
            if (block.Source != source) (source, lines) = (block.Source, 0);
            before[block.Block] = (source, lines);
            lines += block.Lines;
        }

        return
        [
            .. rejected.Select(field => new RejectedRow(
                sources[before[field.Block].Source], before[field.Block].Lines + field.Line + 1, field.Column, field.Reason, field.Text)),
        ];
    }
}
