namespace Tollgate.Analytics.Flows.Csv;

/// <summary>The fields of one record that may contain quotes; read character by character, and reused.</summary>
internal sealed class QuotedFields
{
    private const byte Quote = (byte)'"';

    private byte[] _text = new byte[1024];
    private int[] _ends = new int[32];
    private int _length;
    private bool _isQuoted;

    /// <summary>The number of fields in the record.</summary>
    public int Count { get; private set; }

    /// <summary>True if there is text between the end of a quoted field and the next separator.</summary>
    public bool HasStrayText { get; private set; }

    /// <summary>A field without its quotes.</summary>
    public ReadOnlySpan<byte> Field(int column) => _text.AsSpan(GetStart(column), _ends[column] - GetStart(column));

    /// <summary>
    /// Reads the record at the start of the text, which may end with it, and returns its length including the line end.
    /// </summary>
    public int Read(ReadOnlySpan<byte> text, byte delimiter)
    {
        (Count, _length, HasStrayText) = (0, 0, false);
        var at = 0;
        while (true)
        {
            _isQuoted = at < text.Length && text[at] == Quote;
            at = _isQuoted ? ReadQuoted(text, at, delimiter) : ReadPlain(text, at, delimiter);
            if (at < text.Length && text[at] == delimiter)
            {
                EndField(isLast: false);
                at++;
                continue;
            }

            EndField(isLast: true);
            return Math.Min(at + 1, text.Length);
        }
    }

    private int GetStart(int column) => column == 0 ? 0 : _ends[column - 1];

    private int ReadPlain(ReadOnlySpan<byte> text, int from, byte delimiter)
    {
        var length = text[from..].IndexOfAny(delimiter, (byte)'\n');
        if (length < 0)
            length = text.Length - from;
        Append(text.Slice(from, length));
        return from + length;
    }

    private int ReadQuoted(ReadOnlySpan<byte> text, int open, byte delimiter)
    {
        var close = Quoting.ClosingQuote(text, open + 1);
        if (close < 0)
        {
            HasStrayText = true; // Cannot happen, because the caller cuts at whole records; the record is not trusted.
            return text.Length;
        }

        var inside = text[(open + 1)..close];
        while (inside.IndexOf(Quote) is var pair and >= 0)
        {
            Append(inside[..(pair + 1)]);
            inside = inside[(pair + 2)..];
        }

        Append(inside);
        var after = text[(close + 1)..].IndexOfAny(delimiter, (byte)'\n');
        var behind = after < 0 ? text.Length : close + 1 + after;
        var rest = text[(close + 1)..behind];
        if (
            rest.Length > 1
            || (rest.Length == 1 && (rest[0] != (byte)'\r' || (behind < text.Length && text[behind] == delimiter)))
        )
            HasStrayText = true;
        return behind;
    }

    private void Append(ReadOnlySpan<byte> piece)
    {
        if (_length + piece.Length > _text.Length)
            Array.Resize(ref _text, Math.Max(_text.Length * 2, _length + piece.Length));
        piece.CopyTo(_text.AsSpan(_length));
        _length += piece.Length;
    }

    private void EndField(bool isLast)
    {
        // The line end may be CR LF. A carriage return within quotes was stored before the closing quote, and is text.
        if (isLast && _length > GetStart(Count) && _text[_length - 1] == (byte)'\r' && !_isQuoted)
            _length--;
        if (Count == _ends.Length)
            Array.Resize(ref _ends, Count * 2);
        _ends[Count++] = _length;
    }
}
