namespace Tollgate.Metering.Wire;

/// <summary>
/// Splits <c>text/event-stream</c> into events. Line ends may be LF, CRLF or CR, as in the HTML standard, section
/// 9.2.5.
/// </summary>
/// <remarks>
/// Bytes are not searched twice, however finely the stream is chunked. At the end of the stream, the standard discards
/// an event without its blank line; some providers omit that line, so the event is read here.
/// </remarks>
public sealed class SseScanner : IFrameScanner
{
    private int _lineStart;
    private int _scanned;
    private FrameRange _event;
    private FrameRange _data;
    private int _dataLines;
    private bool _isUnderWay;

    private static ReadOnlySpan<byte> ByteOrderMark => "\uFEFF"u8;

    /// <inheritdoc/>
    public bool TryRead(ReadOnlySpan<byte> unread, bool isFinal, out Frame frame)
    {
        while (TryFindLineEnd(unread, isFinal, out var lineEnd, out var next))
        {
            var isBlank = lineEnd == _lineStart;
            if (!isBlank)
                ReadLine(unread, lineEnd);
            _lineStart = _scanned = next;
            if (isBlank || (isFinal && next == unread.Length))
                return Finish(next, out frame);
        }

        frame = default;
        // The lines of a last event may all have been read before it was known that no blank line follows.
        return isFinal && !unread.IsEmpty && Finish(unread.Length, out frame);
    }

    /// <summary>Copies a payload that is spread over several <c>data:</c> lines, joined by line feeds.</summary>
    /// <returns>The number of bytes written; never more than the payload's range.</returns>
    public static int Join(ReadOnlySpan<byte> frameBytes, Span<byte> destination)
    {
        var written = 0;
        if (frameBytes.StartsWith(ByteOrderMark))
            frameBytes = frameBytes[ByteOrderMark.Length..];
        while (!frameBytes.IsEmpty)
        {
            var end = frameBytes.IndexOfAny((byte)'\r', (byte)'\n');
            var line = end < 0 ? frameBytes : frameBytes[..end];
            frameBytes = end < 0 ? [] : frameBytes[(end + 1)..];
            if (!line.StartsWith("data:"u8))
                continue;
            if (written > 0)
                destination[written++] = (byte)'\n';
            var value = Value(line, "data:".Length);
            line.Slice(value.Start, value.Length).CopyTo(destination[written..]);
            written += value.Length;
        }

        return written;
    }

    private bool TryFindLineEnd(ReadOnlySpan<byte> unread, bool isFinal, out int lineEnd, out int next)
    {
        lineEnd = next = unread.Length;
        var found = unread[_scanned..].IndexOfAny((byte)'\r', (byte)'\n');
        if (found < 0)
        {
            _scanned = unread.Length;
            return isFinal && _lineStart < unread.Length;
        }

        lineEnd = _scanned + found;
        next = lineEnd + 1;
        if (unread[lineEnd] == '\n')
            return true;

        // A CR at the very end may be half of a CRLF: wait for the next byte, or the line feed would start a line of
        // its own.
        if (next == unread.Length)
        {
            _scanned = lineEnd;
            return isFinal;
        }

        if (unread[next] == '\n')
            next++;
        return true;
    }

    private void ReadLine(ReadOnlySpan<byte> unread, int lineEnd)
    {
        if (!_isUnderWay && unread.StartsWith(ByteOrderMark))
            _lineStart = ByteOrderMark.Length;
        _isUnderWay = true;
        var line = unread[_lineStart..lineEnd];
        if (line.StartsWith("data:"u8))
        {
            var value = Value(line, "data:".Length);
            var start = _lineStart + value.Start;
            if (_dataLines++ == 0)
                _data = new FrameRange(start, value.Length);
            else
                _data = _data with { Length = start + value.Length - _data.Start };
        }
        else if (line.StartsWith("event:"u8))
        {
            var value = Value(line, "event:".Length);
            _event = new FrameRange(_lineStart + value.Start, value.Length);
        }
    }

    private static FrameRange Value(ReadOnlySpan<byte> line, int nameLength)
    {
        var start = nameLength < line.Length && line[nameLength] == ' ' ? nameLength + 1 : nameLength;
        return new FrameRange(start, line.Length - start);
    }

    private bool Finish(int length, out Frame frame)
    {
        frame = new Frame(length, _event, _data, _dataLines > 1);
        _lineStart = _scanned = _dataLines = 0;
        _event = _data = default;
        return true;
    }
}
