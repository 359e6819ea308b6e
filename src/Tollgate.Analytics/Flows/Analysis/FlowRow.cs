using System.Text;
using Tollgate.Analytics.Flows.Csv;
using Tollgate.Analytics.Flows.Reading;

namespace Tollgate.Analytics.Flows.Analysis;

/// <summary>One row of a file, for consumers who need all of it; the analysis itself does not create any.</summary>
public sealed class FlowRow
{
    private readonly string[] _names,
        _values;

    private FlowRow(string[] names, string[] values) => (_names, _values) = (names, values);

    /// <summary>The flow; null if the row is rejected or has no usable start.</summary>
    public Flow? Flow { get; private init; }

    /// <summary>The problem with the row; null if there is none.</summary>
    public RejectedRow? Rejected { get; private init; }

    /// <summary>The line that it starts on.</summary>
    public long Line { get; private init; }

    /// <summary>The text of a column; null if the file has no such column.</summary>
    public string? this[string column] =>
        Array.FindIndex(_names, name => string.Equals(name, column, StringComparison.OrdinalIgnoreCase))
            is var index
                and >= 0
        && index < _values.Length
            ? _values[index]
            : null;

    /// <summary>Reads the rows of a file, one after the other.</summary>
    /// <exception cref="FlowFileException">It cannot be read, is empty, or lacks a column.</exception>
    public static IEnumerable<FlowRow> Read(FlowSource source, FlowOptions options)
    {
        using var blocks = new RecordBlocks([source], options);
        var block = new RecordBlock(options.Blocks);
        var fields = new QuotedFields();
        var line = 1L;
        while (blocks.TryRead(block))
        {
            line += block.Bytes.AsSpan(0, block.Start).Count((byte)'\n');
            for (var at = block.Start; at < block.End;)
            {
                var length = block.Error is null
                    ? fields.Read(block.Bytes.AsSpan(at, block.End - at), (byte)options.Delimiter)
                    : block.End - at;
                var record = RecordBlock.WithoutLineEnd(block.Bytes.AsSpan(at, length));
                var flaw = block.Error ?? (fields.HasStrayText ? RejectReason.StrayQuote : null);
                if (!record.IsEmpty)
                    yield return Create(new RowPlace(source, block.Layout, line), fields, record, flaw);
                line += block.Error == RejectReason.TooLong ? 1 : block.Bytes.AsSpan(at, length).Count((byte)'\n');
                at += length;
            }
        }
    }

    private static FlowRow Create(
        in RowPlace place,
        QuotedFields fields,
        ReadOnlySpan<byte> record,
        RejectReason? flaw
    )
    {
        var layout = place.Layout;
        if (flaw is null && fields.Count != layout.Names.Length)
            flaw = RejectReason.FieldCount;
        if (flaw is { } broken)
            return place.Reject(null, broken, record, []);
        var values = new string[fields.Count];
        for (var column = 0; column < values.Length; column++)
            values[column] = Encoding.UTF8.GetString(fields.Field(column));
        if (ReadFlow.From(new QuotedRow(fields, record), layout, out var read, out var wrong) is { } reason)
            return place.Reject(layout.Names[wrong], reason, fields.Field(wrong), values);
        var group = layout.Group is { } by ? values[by] : "";
        return new FlowRow(layout.Names, values)
        {
            Line = place.Line,
            Flow =
                read.Start == TimeReading.Usable
                    ? new Flow(
                        group,
                        new TokenAmount(read.NanoIn),
                        new TokenAmount(read.NanoOut),
                        ToTimestamp(read.StartedAt),
                        read.HasTimes ? ToTimestamp(read.EndedAt) : null
                    )
                    : null,
        };
    }

    private static DateTimeOffset ToTimestamp(long micros) =>
        DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);

    /// <summary>Where a row starts, and the columns of its file.</summary>
    private readonly record struct RowPlace(FlowSource Source, FlowLayout Layout, long Line)
    {
        public FlowRow Reject(string? column, RejectReason reason, ReadOnlySpan<byte> text, string[] values) =>
            new(Layout.Names, values)
            {
                Line = Line,
                Rejected = new RejectedRow(Source.Name, Line, column, reason, RejectedRow.Shorten(text)),
            };
    }
}
