using System.Text;

namespace Tollgate.Accounting.ImportExport;

/// <summary>
/// Reads CSV according to RFC 4180, with line breaks within quotes, CRLF or LF, and a byte order mark. Keeps one row in
/// memory.
/// </summary>
/// <param name="input">The text.</param>
public sealed class CsvReader(TextReader input)
{
    /// <summary>A row with more characters than this is treated as an unclosed quote.</summary>
    private const int MaxRowLength = 4 * 1024 * 1024;

    private readonly StringBuilder _field = new();
    private int _length;

    /// <summary>The line on which the last read row begins, from 1.</summary>
    public long Line { get; private set; }

    private long NextLine { get; set; } = 1;

    /// <summary>Reads the fields of the next row; null at the end. Empty lines are skipped.</summary>
    /// <exception cref="FormatException">A quote is not closed, or occurs in the middle of a field.</exception>
    public List<string>? Read()
    {
        while (input.Peek() is '\r' or '\n')
            EndOfLine(input.Read());
        if (input.Peek() < 0)
            return null;
        (Line, _length) = (NextLine, 0);
        var row = new List<string>();
        while (true)
        {
            row.Add(input.Peek() == '"' ? ReadQuoted() : ReadPlain());
            var next = input.Read();
            if (next == ',')
                continue;
            if (next >= 0)
                EndOfLine(next);
            return row;
        }
    }

    private string ReadPlain()
    {
        _field.Clear();
        while (input.Peek() is not (-1 or ',' or '\r' or '\n'))
            Append(input.Read());
        return _field.ToString();
    }

    private string ReadQuoted()
    {
        _field.Clear();
        input.Read();
        while (true)
        {
            var next = input.Read();
            if (next < 0)
                throw new FormatException($"line {Line}: a quote is not closed");
            if (next != '"')
            {
                if (next == '\n')
                    NextLine++;
                Append(next);
            }
            else if (input.Peek() == '"')
                Append(input.Read());
            else if (input.Peek() is -1 or ',' or '\r' or '\n')
                return _field.ToString();
            else
                throw new FormatException($"line {Line}: a closing quote is followed by '{(char)input.Peek()}'");
        }
    }

    private void Append(int character)
    {
        if (++_length > MaxRowLength)
            throw new FormatException(
                $"line {Line}: the row is longer than {MaxRowLength} characters; a quote may be unclosed"
            );
        _field.Append((char)character);
    }

    private void EndOfLine(int character)
    {
        if (character == '\r' && input.Peek() == '\n')
            input.Read();
        NextLine++;
    }
}
