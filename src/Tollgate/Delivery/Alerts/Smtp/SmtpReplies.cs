using System.Globalization;
using System.Text;

namespace Tollgate.Delivery.Alerts.Smtp;

/// <summary>
/// Reads a mail server's replies: lines with a code and a text; all but the last have a dash after the code.
/// </summary>
internal sealed class SmtpReplies(Stream stream)
{
    private const int MaxLineLength = 4096;
    private const int MaxLines = 200;

    private readonly byte[] _buffer = new byte[MaxLineLength];
    private int _start,
        _end;

    /// <summary>True if there is received data that is not part of a reply yet.</summary>
    public bool HasMore => _end > _start;

    public async Task<SmtpReply> ReadAsync(CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        while (true)
        {
            var line = await ReadLineAsync(cancellationToken);
            if (
                line.Length < 3
                || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var code)
                || lines.Count == MaxLines
            )
                throw new IOException("The server is not a mail server.");
            lines.Add(line.Length > 4 ? line[4..] : "");
            if (line.Length == 3 || line[3] != '-')
                return new SmtpReply(code, lines);
        }
    }

    private async Task<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var length = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (length >= 0)
            {
                var line = Encoding.UTF8.GetString(_buffer, _start, length).TrimEnd('\r');
                _start += length + 1;
                return line;
            }

            if (_start > 0)
            {
                _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
                (_start, _end) = (0, _end - _start);
            }

            if (_end == _buffer.Length)
                throw new IOException("The server is not a mail server: its reply line is too long.");
            var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
            if (read == 0)
                throw new IOException("The mail server closed the connection without a reply.");
            _end += read;
        }
    }
}

/// <summary>A reply.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Lines">Its texts, one per line.</param>
internal sealed record SmtpReply(int Code, IReadOnlyList<string> Lines);
