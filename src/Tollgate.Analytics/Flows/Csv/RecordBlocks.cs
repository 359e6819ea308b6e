namespace Tollgate.Analytics.Flows.Csv;

/// <summary>
/// Splits texts into blocks of whole records, one after the other, for several concurrent readers. It does little under
/// its lock: it copies from the system's cache and searches for the last line end.
/// </summary>
/// <remarks>
/// A record that does not end within <see cref="BlockSizes.Capacity"/> becomes a block of its own, flawed, and reading
/// continues with the line after its first.
/// </remarks>
internal sealed class RecordBlocks(IReadOnlyList<FlowSource> sources, FlowOptions options) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly byte _delimiter = (byte)options.Delimiter;
    private readonly BlockSizes _sizes = options.Blocks;
    private readonly byte[] _carry = GC.AllocateUninitializedArray<byte>(options.Blocks.Capacity);
    private int _carried;
    private int _source = -1;
    private int _number;
    private long _bytes;
    private Stream? _stream;
    private FlowLayout? _layout;
    private bool _skipsLine;
    private bool _ended;

    /// <summary>Stops handing out blocks.</summary>
    public void Stop()
    {
        lock (_lock)
            _ended = true;
    }

    /// <summary>Fills the block with the next records; false if there are no more.</summary>
    /// <exception cref="FlowFileException">A source cannot be read, or has no usable header.</exception>
    public bool TryRead(RecordBlock block)
    {
        long read;
        lock (_lock)
        {
            if (_ended)
                return false;
            try
            {
                while (!TryFill(block))
                {
                    if (!OpenNext())
                    {
                        _ended = true;
                        return false;
                    }
                }
            }
            catch
            {
                _ended = true;
                throw;
            }

            block.Number = _number++;
            read = _bytes;
        }

        options.Progress?.Report(read);
        return true;
    }

    public void Dispose() => _stream?.Dispose();

    private FlowSource Source => sources[_source];

    private bool OpenNext()
    {
        if (_stream is not null && _layout is null)
            throw NoHeader();
        _stream?.Dispose();
        (_stream, _layout) = (null, null);
        if (_source + 1 == sources.Count)
            return false;
        _source++;
        _skipsLine = false;
        try
        {
            _stream = Source.Open();
            _carried = _stream.ReadAtLeast(
                _carry.AsSpan(0, ByteOrderMark.Length),
                ByteOrderMark.Length,
                throwOnEndOfStream: false
            );
            _bytes += _carried;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new FlowFileException($"'{Source.Name}' cannot be opened: {failure.Message}", failure);
        }

        _carried -= ByteOrderMark.Remove(_carry.AsSpan(0, _carried), Source.Name);
        return true;
    }

    /// <summary>Fills the block from the open source; false if that has no more records.</summary>
    private bool TryFill(RecordBlock block)
    {
        if (_stream is null)
            return false;
        var isFirst = _layout is null;
        (block.Start, block.Error) = (0, null);

        // 1. The rest of the last block, and more.
        _carry.AsSpan(0, _carried).CopyTo(block.Bytes);
        var length = _carried;
        var wanted = Math.Min(_sizes.Capacity, _carried + _sizes.ReadSize);
        _carried = 0;
        while (true)
        {
            var ends = !Read(block.Bytes, ref length, wanted);
            if (ends && length == 0)
                return false;

            // 2. Up to the last complete record.
            var text = block.Bytes.AsSpan(0, length);
            block.HasQuotes = text.Contains((byte)'"');
            var opensAtEnd = false;
            var end = block.HasQuotes
                ? Quoting.LastRecordEnd(text, _delimiter, out opensAtEnd)
                : text.LastIndexOf((byte)'\n') + 1;
            if (ends && end < length && !opensAtEnd && length < _sizes.Capacity)
            {
                block.Bytes[length++] = (byte)'\n'; // The last line has no line end; add one.
                end = length;
            }

            var needsMore =
                // Empty lines may precede a header.
                end == 0
                || (isFirst && !block.Bytes.AsSpan(0, end).ContainsAnyExcept((byte)'\n', (byte)'\r'));
            if (needsMore && !ends && length < _sizes.Capacity)
            {
                wanted = _sizes.Capacity;
                continue;
            }

            // 3. Or, if none is complete, up to where reading can continue.
            block.End = end > 0 ? end : CutFlawed(block, length, ends);
            _carried = Math.Max(0, length - block.End);
            block.Bytes.AsSpan(block.End, _carried).CopyTo(_carry);
            break;
        }

        if (isFirst)
            ReadHeader(block);
        block.Layout = _layout!;
        return true;
    }

    /// <summary>The block contains no record end: gives up its first line.</summary>
    private int CutFlawed(RecordBlock block, int length, bool ends)
    {
        var line = block.Bytes.AsSpan(0, length).IndexOf((byte)'\n');
        block.Error =
            line >= 0 || (ends && length < _sizes.Capacity) ? RejectReason.UnclosedQuote : RejectReason.TooLong;
        _skipsLine = block.Error == RejectReason.TooLong;
        return line >= 0 ? line + 1 : length;
    }

    /// <summary>Reads until that many bytes are available; false if the source ends.</summary>
    private bool Read(byte[] into, ref int length, int wanted)
    {
        while (length < wanted)
        {
            int count;
            try
            {
                count = _stream!.Read(into, length, wanted - length);
            }
            catch (Exception failure)
                when (failure is IOException or InvalidDataException or UnauthorizedAccessException)
            {
                throw new FlowFileException(
                    $"'{Source.Name}' cannot be read after byte {_bytes}: {failure.Message}",
                    failure
                );
            }

            if (count == 0)
                return false;
            _bytes += count;
            length += _skipsLine ? SkipLine(into.AsSpan(length, count)) : count;
        }

        return true;
    }

    /// <summary>Drops the rest of a line that is too long, and returns the number of bytes that remain.</summary>
    private int SkipLine(Span<byte> read)
    {
        var end = read.IndexOf((byte)'\n');
        if (end < 0)
            return 0;
        _skipsLine = false;
        read[(end + 1)..].CopyTo(read);
        return read.Length - end - 1;
    }

    private void ReadHeader(RecordBlock block)
    {
        var text = block.Records;
        var start = text.IndexOfAnyExcept((byte)'\n', (byte)'\r');
        if (start < 0)
            throw NoHeader();
        var end = block.Error is null ? Quoting.FirstRecordEnd(text[start..], _delimiter) : -1;
        if (end < 0)
        {
            throw new FlowFileException(
                $"The first line of '{Source.Name}' is not a valid header: it is longer than {_sizes.Capacity} bytes "
                    + $"or has a quote that does not close. Is it a CSV file?"
            );
        }

        _layout = FlowLayout.FromHeader(_source, Source.Name, text.Slice(start, end), options);
        block.Start = start + end + 1;
    }

    private FlowFileException NoHeader() =>
        new(
            $"'{Source.Name}' is empty. Its first line must name the columns, "
                + $"such as {options.Columns.CreatedAt} and {options.Columns.TokensIn}."
        );
}
