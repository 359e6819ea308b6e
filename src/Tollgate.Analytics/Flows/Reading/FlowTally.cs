using System.Runtime.CompilerServices;
using Tollgate.Analytics.Flows.Csv;
using Tollgate.Analytics.Flows.Tallies;

namespace Tollgate.Analytics.Flows.Reading;

/// <summary>What one thread counts: each row goes through <see cref="Take"/>, and from there into the sums, or to the rejected.</summary>
internal sealed class FlowTally(FlowOptions options, RoundedRows? rounded)
{
    private readonly FlowPrices _prices = options.Prices;

    public GroupTable Groups { get; } = new();

    public BucketTally Buckets { get; } = new(options);

    public RejectTally Rejects { get; } = new();

    public ExclusionTally Excluded { get; } = new();

    public long Rows { get; private set; }

    public long Filtered { get; private set; }

    /// <summary>Line ends of each block that this thread has read, the header's included.</summary>
    public List<(int Block, int Source, int Lines)> Lines { get; } = [];

    /// <summary>The block whose rows are taken.</summary>
    public RecordBlock Block { get; set; } = null!;

    /// <summary>Whether nothing has been rejected.</summary>
    public bool IsClean => Rejects.First.Count == 0;

    /// <param name="row">A row that is not empty.</param>
    /// <param name="line">Line ends before it within the block.</param>
    /// <param name="layout">Its columns.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Take<TRow>(TRow row, int line, FlowLayout layout)
        where TRow : IFlowRow, allows ref struct
    {
        Rows++;

        // 1. Is it a row of this file, and one that is asked for?
        if (row.Fields != layout.Names.Length)
        {
            Rejects.Add(RejectReason.FieldCount, Block.Number, line, null, row.Text);
            return;
        }

        if (layout.Filters.Length > 0 && !Passes(row, layout))
        {
            Filtered++;
            return;
        }

        // 2. Everything is read before anything is counted.
        var group = Groups.Find(layout.Group is { } column ? row[column] : []);
        if (group is null)
        {
            Reject(RejectReason.InvalidUtf8, row, layout.Group!.Value, line, layout);
            return;
        }

        if (FlowNumber.Read(row[layout.TokensIn], out var nanoIn) is { } wrongIn)
        {
            Reject(wrongIn, row, layout.TokensIn, line, layout);
            return;
        }

        if (FlowNumber.Read(row[layout.TokensOut], out var nanoOut) is { } wrongOut)
        {
            Reject(wrongOut, row, layout.TokensOut, line, layout);
            return;
        }

        var start = FlowTime.Read(row[layout.CreatedAt], out var startedAt);
        var end = FlowTime.Read(row[layout.FinishedAt], out var endedAt);
        var hasTimes = start == TimeReading.Usable && end == TimeReading.Usable;
        if (hasTimes && endedAt < startedAt)
        {
            Reject(RejectReason.EndBeforeStart, row, layout.FinishedAt, line, layout);
            return;
        }

        // 3. It counts.
        group.Add(nanoIn, nanoOut, _prices);
        if (hasTimes)
        {
            Buckets.Add(nanoIn + nanoOut, startedAt, endedAt);
            rounded?.Add(row.Text, Buckets, startedAt, endedAt);
        }
        else
        {
            Excluded.Add(start, end, nanoIn + nanoOut);
        }
    }

    /// <summary>A row whose fields cannot be told apart.</summary>
    public void TakeFlawed(RejectReason flaw, ReadOnlySpan<byte> text, int line)
    {
        Rows++;
        Rejects.Add(flaw, Block.Number, line, null, text);
    }

    private static bool Passes<TRow>(TRow row, FlowLayout layout)
        where TRow : IFlowRow, allows ref struct
    {
        foreach (var (column, value) in layout.Filters)
            if (!row[column].SequenceEqual(value))
                return false;
        return true;
    }

    private void Reject<TRow>(RejectReason reason, TRow row, int column, int line, FlowLayout layout)
        where TRow : IFlowRow, allows ref struct =>
        Rejects.Add(reason, Block.Number, line, layout.Names[column], row[column]);
}
