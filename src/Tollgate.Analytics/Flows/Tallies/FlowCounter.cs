using System.Runtime.CompilerServices;
using System.Text;
using Tollgate.Analytics.Flows.Csv;
using Tollgate.Analytics.Flows.Reading;

namespace Tollgate.Analytics.Flows.Tallies;

/// <summary>
/// The counts of one thread: each row goes through <see cref="Add"/>, and from there into the sums or to the rejected
/// rows.
/// </summary>
internal sealed class FlowCounter(FlowOptions options, RoundedRows? rounded)
{
    private const decimal PicoPerUsd = 1_000_000_000_000m;

    private readonly FlowPrices _prices = options.Prices;

    public GroupTable Groups { get; } = new();

    public BucketCounter Buckets { get; } = new(options);

    public RejectCounter Rejects { get; } = new();

    public ExclusionCounter Excluded { get; } = new();

    public long Rows { get; private set; }

    public long Filtered { get; private set; }

    /// <summary>Flows without a cost although others have one.</summary>
    public long Unpriced { get; private set; }

    /// <summary>Line ends in each block that this thread has read, the header's included.</summary>
    public List<(int Block, int Source, int Lines)> Lines { get; } = [];

    /// <summary>The block whose rows are counted.</summary>
    public RecordBlock Block { get; set; } = null!;

    /// <summary>True if nothing has been rejected.</summary>
    public bool IsClean => Rejects.First.Count == 0;

    /// <param name="row">A row that is not empty.</param>
    /// <param name="line">Line ends before it within the block.</param>
    /// <param name="layout">Its columns.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add<TRow>(TRow row, int line, FlowLayout layout)
        where TRow : IFlowRow, allows ref struct
    {
        Rows++;

        // 1. Is it a valid row of this file, and does it pass the filters?
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

        // 2. Everything is parsed before anything is counted.
        var group = Groups.Find(layout.Group is { } column ? row[column] : []);
        if (group is null)
        {
            Reject(RejectReason.InvalidUtf8, row, layout.Group!.Value, line, layout);
            return;
        }

        if (ReadFlow.From(row, layout, out var flow, out var wrongColumn) is { } wrong)
        {
            Reject(wrong, row, wrongColumn, line, layout);
            return;
        }

        // 3. Count it.
        group.Add(flow.NanoIn, flow.NanoOut, _prices);
        if (flow.HasTimes)
        {
            Buckets.Add(flow.NanoIn + flow.NanoOut, flow.StartedAt, flow.EndedAt);
            rounded?.Add(row.Text, Buckets, flow.StartedAt, flow.EndedAt);
        }
        else
        {
            Excluded.Add(flow.Start, flow.End, flow.NanoIn + flow.NanoOut);
        }
    }

    /// <summary>Counts a flow that does not come from a file.</summary>
    public void Add(Flow flow)
    {
        if (
            !IsInRange(flow.TokensIn)
            || !IsInRange(flow.TokensOut)
            || flow.Cost is < 0 or > Flow.MaxCost
            || flow.FinishedAt < flow.CreatedAt
        )
            throw new ArgumentOutOfRangeException(
                nameof(flow),
                flow,
                "A flow must have 0 to 4 billion tokens each way, "
                    + "cost 0 to 9 million USD, and not end before it starts."
            );
        Rows++;
        var group = Groups.Find(Encoding.UTF8.GetBytes(flow.Group))!;
        var nano = (NanoIn: (long)flow.TokensIn.Nano, NanoOut: (long)flow.TokensOut.Nano);
        if (!flow.HasOwnCost)
            group.Add(nano.NanoIn, nano.NanoOut, _prices);
        else if (flow.Cost is { } cost)
            group.Add(nano.NanoIn, nano.NanoOut, (long)decimal.Round(cost * PicoPerUsd));
        else
            Unpriced++;

        if (flow.FinishedAt is { } end)
            Buckets.Add(nano.NanoIn + nano.NanoOut, Micros(flow.CreatedAt), Micros(end));
        else
            Excluded.Add(TimeReading.Usable, TimeReading.Missing, nano.NanoIn + nano.NanoOut);
    }

    /// <summary>Counts a row whose fields cannot be separated.</summary>
    public void AddRejected(RejectReason reason, ReadOnlySpan<byte> text, int line)
    {
        Rows++;
        Rejects.Add(reason, Block.Number, line, null, text);
    }

    private static bool IsInRange(TokenAmount tokens) => tokens.Nano >= 0 && tokens.Nano <= FlowNumber.MaxNano;

    private static long Micros(DateTimeOffset moment) =>
        (moment - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

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
