namespace Tollgate.Metering.Wire;

/// <summary>
/// Skips a JSON string that is too long to be of interest (an image, a long text), so that it is neither stored nor
/// searched again with every chunk. An empty string and the number of its bytes take its place.
/// </summary>
internal struct SkippedString
{
    private bool _isEscaped;

    /// <summary>True if the end of the string has not arrived yet.</summary>
    public bool IsUnfinished { get; private set; }

    /// <summary>The number of bytes between the quotes that were skipped.</summary>
    public long Length { get; private set; }

    /// <summary>Starts skipping the string in an unfinished token.</summary>
    /// <param name="token">The token, with anything that may precede it: white space, a comma, a colon.</param>
    /// <returns>The number of bytes to retain, up to the opening quote; 0 if the token is not a string.</returns>
    public int Begin(ReadOnlySpan<byte> token)
    {
        var start = token.IndexOfAnyExcept(" \t\r\n,:"u8);
        if (start < 0 || token[start] != '"')
            return 0;
        IsUnfinished = true;
        Length = 0;
        _isEscaped = false;
        // The token is unfinished: no quote in it ends it.
        Skip(token[(start + 1)..]);
        return start + 1;
    }

    /// <summary>Looks for the end of the string.</summary>
    /// <returns>The position of the closing quote; the chunk's length if there is none.</returns>
    public int Skip(ReadOnlySpan<byte> piece)
    {
        var at = 0;
        while (at < piece.Length)
        {
            if (_isEscaped)
            {
                _isEscaped = false;
                at++;
                continue;
            }

            var found = piece[at..].IndexOfAny((byte)'"', (byte)'\\');
            at = found < 0 ? piece.Length : at + found;
            if (at == piece.Length)
                break;
            if (piece[at] == '"')
            {
                IsUnfinished = false;
                break;
            }

            _isEscaped = true;
            at++;
        }

        Length += at;
        return at;
    }

    /// <summary>The string has been read.</summary>
    public void End() => this = default;
}
