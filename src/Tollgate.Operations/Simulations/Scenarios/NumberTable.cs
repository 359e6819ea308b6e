using System.Globalization;
using Tollgate.Accounting.ImportExport;

namespace Tollgate.Operations.Simulations.Scenarios;

/// <summary>A CSV file with columns accessed by name. Errors include the file, line, column and value.</summary>
/// <param name="path">The file.</param>
internal sealed class NumberTable(string path) : IDisposable
{
    private readonly StreamReader _text = new(path);
    private CsvReader? _rows;
    private List<string> _titles = [];
    private List<string> _row = [];

    /// <summary>The columns, in order.</summary>
    public IReadOnlyList<string> Titles => _titles;

    /// <summary>Reads the titles.</summary>
    /// <exception cref="InvalidDataException">There are none.</exception>
    public NumberTable Open()
    {
        _rows = new CsvReader(_text);
        _titles = Next() ?? throw new InvalidDataException($"'{path}' is empty: its first line must name the columns.");
        return this;
    }

    /// <summary>Goes to the next row.</summary>
    /// <exception cref="InvalidDataException">It has more or fewer fields than there are columns.</exception>
    public bool Read()
    {
        if (Next() is not { } row)
            return false;
        if (row.Count != _titles.Count)
            throw CreateException($"the row has {row.Count} fields, but there are {_titles.Count} columns");
        _row = row;
        return true;
    }

    /// <summary>The index of the first of these columns that the file has; null if it has none.</summary>
    public int? Find(params string[] names)
    {
        foreach (var name in names)
            if (
                _titles.FindIndex(title => title.Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
                is >= 0
                    and var place
            )
                return place;
        return null;
    }

    /// <summary>The index of a required column.</summary>
    /// <exception cref="InvalidDataException">It is not.</exception>
    public int Require(params string[] names) =>
        Find(names)
        ?? throw new InvalidDataException(
            $"'{path}' has no column '{string.Join("' or '", names)}'. Its columns are {string.Join(", ", _titles)}."
        );

    public string Text(int column) => _row[column].Trim();

    /// <exception cref="InvalidDataException">It is not a finite number.</exception>
    public double Number(int column) =>
        double.TryParse(Text(column), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number)
            ? number
            : throw CreateException(column, "is not a finite number such as 12 or 0.5");

    /// <exception cref="InvalidDataException">It is not a number, or below 0.</exception>
    public double Count(int? column) =>
        column is not { } place ? 0
        : Number(place) is >= 0 and var count ? count
        : throw CreateException(place, "is negative, but must be at least 0");

    /// <exception cref="InvalidDataException">It is not a month, day or time.</exception>
    public DateTimeOffset ParseTime(int column) =>
        DateTimeOffset.TryParse(Text(column), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at
            : throw CreateException(
                column,
                "is not a month, day or time such as 2026-11, 2026-11-01 or 2026-11-01T12:00:00Z"
            );

    public void Dispose() => _text.Dispose();

    private InvalidDataException CreateException(int column, string reason) =>
        CreateException($"column '{_titles[column]}': '{Text(column)}' {reason}");

    private InvalidDataException CreateException(string reason) => new($"{path}, line {_rows!.Line}: {reason}.");

    private List<string>? Next()
    {
        try
        {
            return _rows!.Read();
        }
        catch (FormatException exception)
        {
            throw new InvalidDataException($"{path}, {exception.Message}.", exception);
        }
    }
}
