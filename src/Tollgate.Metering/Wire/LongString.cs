namespace Tollgate.Metering.Wire;

/// <summary>
/// Passes over a JSON string that is too long to be of interest (an image, a long text), so that it is neither kept
/// nor searched again with every piece. What is left of it is an empty string, and the number of its bytes.
/// </summary>
internal struct LongString
{
    private bool _isEscaped;

    /// <summary>Whether the end of the string is still to come.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>The bytes between the quotes that were passed over.</summary>
    public long Length { get; private set; }

    /// <summary>Begins to pass over the string that an unfinished token is.</summary>
    /// <param name="token">The token, with what may stand before it: white space, a comma, a colon.</param>
    /// <returns>The bytes to keep, up to the opening quote; 0 where the token is no string.</returns>
    public int Open(ReadOnlySpan<byte> token)
    {
        var start = token.IndexOfAnyExcept(" \t\r\n,:"u8);
        if (start < 0 || token[start] != '"')
            return 0;
        IsOpen = true;
        Length = 0;
        _isEscaped = false;
        // The token is unfinished: no quote in it ends it.
        Skip(token[(start + 1)..]);
        return start + 1;
    }

    /// <summary>Looks for the end of the string.</summary>
    /// <returns>Where the closing quote stands; the piece's length where it does not.</returns>
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
                IsOpen = false;
                break;
            }

            _isEscaped = true;
            at++;
        }

        Length += at;
        return at;
    }

    /// <summary>The string has been read.</summary>
    public void Close() => this = default;
}
