namespace Tollgate.Metering.Wire;

/// <summary>
/// Splits a JSON array that is sent in chunks (Gemini's <c>streamGenerateContent</c> without <c>alt=sse</c>) into its
/// elements. Brackets and commas belong to the frame of the element that follows them; the bytes after the last element
/// are a frame without payload.
/// </summary>
/// <remarks>Examines only the structure. Validating an element is up to its reader.</remarks>
public sealed class JsonArrayScanner : IFrameScanner
{
    private int _scanned;
    private int _elementStart = -1;
    private int _depth;
    private bool _inString;
    private bool _escaped;

    /// <inheritdoc/>
    public bool TryRead(ReadOnlySpan<byte> unread, bool isFinal, out Frame frame)
    {
        while (_scanned < unread.Length)
        {
            if (_inString)
                SkipString(unread);
            else if (ReadStructure(unread))
                return Finish(_scanned, out frame);
        }

        frame = default;
        return isFinal && !unread.IsEmpty && Finish(unread.Length, out frame);
    }

    private void SkipString(ReadOnlySpan<byte> unread)
    {
        if (_escaped)
        {
            _escaped = false;
            _scanned++;
            return;
        }

        var found = unread[_scanned..].IndexOfAny((byte)'"', (byte)'\\');
        if (found < 0)
        {
            _scanned = unread.Length;
            return;
        }

        _scanned += found + 1;
        if (unread[_scanned - 1] == '"')
            _inString = false;
        else
            _escaped = true;
    }

    /// <summary>Moves to the next structural byte; true if it closes an element.</summary>
    private bool ReadStructure(ReadOnlySpan<byte> unread)
    {
        var found = unread[_scanned..].IndexOfAny("{}\""u8);
        if (found < 0)
        {
            _scanned = unread.Length;
            return false;
        }

        var at = _scanned + found;
        _scanned = at + 1;
        switch (unread[at])
        {
            case (byte)'{':
                if (_depth++ == 0)
                    _elementStart = at;
                return false;
            case (byte)'}':
                return _depth > 0 && --_depth == 0;
            default:
                _inString = true;
                return false;
        }
    }

    private bool Finish(int length, out Frame frame)
    {
        var data = _elementStart < 0 ? default : new FrameRange(_elementStart, length - _elementStart);
        frame = new Frame(length, default, data, IsSplit: false);
        _scanned = _depth = 0;
        _elementStart = -1;
        _inString = _escaped = false;
        return true;
    }
}
