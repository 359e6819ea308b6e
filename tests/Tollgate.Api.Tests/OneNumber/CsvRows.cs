using System.Text;

namespace Tollgate.Api.Tests.OneNumber;

/// <summary>The rows of a CSV file with a header (RFC 4180).</summary>
internal sealed class CsvRows
{
    private readonly Dictionary<string, int> _columns;
    private readonly List<List<string>> _rows;

    public CsvRows(string text)
    {
        _rows = Split(text);
        _columns = _rows[0].Index().ToDictionary(static pair => pair.Item, static pair => pair.Index);
        _rows.RemoveAt(0);
    }

    public int Count => _rows.Count;

    /// <summary>For each row, a function that returns the cell of a column.</summary>
    public IEnumerable<Func<string, string>> Cells =>
        _rows.Select(row => (Func<string, string>)(column => row[_columns[column]]));

    private static List<List<string>> Split(string text)
    {
        var (rows, row, cell, isQuoted) = (new List<List<string>>(), new List<string>(), new StringBuilder(), false);
        for (var index = 0; index < text.Length; index++)
        {
            var letter = text[index];
            if (letter == '"' && isQuoted && index + 1 < text.Length && text[index + 1] == '"')
                cell.Append(text[++index]);
            else if (letter == '"')
                isQuoted = !isQuoted;
            else if (isQuoted || letter is not (',' or '\r' or '\n'))
                cell.Append(letter);
            else if (letter != '\r')
            {
                row.Add(cell.ToString());
                cell.Clear();
                if (letter != '\n')
                    continue;
                rows.Add(row);
                row = [];
            }
        }

        return rows;
    }
}
