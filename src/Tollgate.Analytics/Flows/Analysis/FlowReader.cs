using System.Runtime.CompilerServices;
using Tollgate.Analytics.Flows.Csv;
using Tollgate.Analytics.Flows.Reading;
using Tollgate.Analytics.Flows.Tallies;

namespace Tollgate.Analytics.Flows.Analysis;

/// <summary>The work of one reading thread: takes block after block and counts each row.</summary>
internal sealed class FlowReader
{
    private readonly FlowOptions _options;
    private readonly RecordBlocks _blocks;
    private readonly OrderedOutput? _output;
    private readonly RoundedRows? _rounded;
    private readonly RecordBlock _block;
    private readonly FieldIndex _index = new();
    private readonly QuotedFields _quoted = new();
    private readonly byte _delimiter;

    public FlowReader(FlowOptions options, RecordBlocks blocks, OrderedOutput? output)
    {
        (_options, _blocks, _output, _delimiter) = (options, blocks, output, (byte)options.Delimiter);
        _block = new RecordBlock(options.Blocks);
        _rounded = output is null ? null : new RoundedRows(options.Delimiter);
        Counter = new FlowCounter(options, _rounded) { Block = _block };
    }

    public FlowCounter Counter { get; }

    /// <summary>Reads until there are no more blocks.</summary>
    public void Run(CancellationToken cancellationToken)
    {
        try
        {
            while (_blocks.TryRead(_block))
            {
                cancellationToken.ThrowIfCancellationRequested();
                Read();
                if (_options.Strict && !Counter.IsClean)
                    _blocks.Stop();
            }
        }
        catch
        {
            _blocks.Stop();
            _output?.GiveUp();
            throw;
        }
    }

    private void Read()
    {
        var header = _block.Bytes.AsSpan(0, _block.Start);
        var line = header.Count((byte)'\n');
        if (_rounded is not null && _block.Number == 0)
            _rounded.Header(header.Trim("\r\n"u8));
        if (_block.Error is { } flaw)
            line += ReadFlawed(flaw, line);
        else if (_block.HasQuotes)
            line = ReadQuoted(line);
        else
            line = ReadPlain(line);
        Counter.Lines.Add((_block.Number, _block.Layout.Source, line));
        if (_rounded is null)
            return;
        _output!.Write(_block.Number, _rounded.Written);
        _rounded.Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int ReadPlain(int line)
    {
        _index.Fill(_block, _delimiter);
        ReadOnlySpan<byte> bytes = _block.Bytes;
        ReadOnlySpan<uint> separators = _index.Separators;
        var layout = _block.Layout;
        var start = _block.Start;
        var next = 0;
        foreach (var last in _index.RecordEnds)
        {
            var row = new PlainRow(bytes, separators[next..(last + 1)], start);
            if (!row.Text.IsEmpty)
                Counter.Add(row, line, layout);
            (next, start) = (last + 1, (int)separators[last] + 1);
            line++;
        }

        return line;
    }

    private int ReadQuoted(int line)
    {
        var text = _block.Records;
        while (!text.IsEmpty)
        {
            var length = _quoted.Read(text, _delimiter);
            var record = text[..length];
            var shown = RecordBlock.WithoutLineEnd(record);
            if (!shown.IsEmpty && _quoted.HasStrayText)
                Counter.AddRejected(RejectReason.StrayQuote, shown, line);
            else if (!shown.IsEmpty)
                Counter.Add(new QuotedRow(_quoted, shown), line, _block.Layout);
            line += record.Count((byte)'\n');
            text = text[length..];
        }

        return line;
    }

    private int ReadFlawed(RejectReason flaw, int line)
    {
        var text = _block.Records;
        Counter.AddRejected(flaw, RecordBlock.WithoutLineEnd(text), line);
        return flaw == RejectReason.TooLong ? 1 : text.Count((byte)'\n');
    }
}
