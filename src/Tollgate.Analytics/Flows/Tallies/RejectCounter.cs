namespace Tollgate.Analytics.Flows.Tallies;

/// <summary>The rows that one thread rejected: the number for each reason, and the first of them.</summary>
internal sealed class RejectCounter
{
    private readonly List<RejectedField> _first = [];
    private readonly long[] _counts = new long[(int)RejectReason.EndBeforeStart + 1];

    public IReadOnlyList<RejectedField> First => _first;

    /// <summary>The reasons that occurred.</summary>
    public IEnumerable<(RejectReason Reason, long Count)> Counts
    {
        get
        {
            for (var reason = 0; reason < _counts.Length; reason++)
                if (_counts[reason] > 0)
                    yield return ((RejectReason)reason, _counts[reason]);
        }
    }

    public void Add(RejectReason reason, int block, int line, string? column, ReadOnlySpan<byte> text)
    {
        _counts[(int)reason]++;
        // Blocks come in order, so the first rows that a thread sees are the first of its own.
        if (_first.Count < RejectedFlows.Shown)
            _first.Add(new RejectedField(block, line, column, reason, RejectedRow.Shorten(text)));
    }
}
