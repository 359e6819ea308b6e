using System.Globalization;
using Tollgate.Accounting.ImportExport;

namespace Tollgate.Operations.Forecasts;

/// <summary>A CSV file of days and amounts, with a header line. Rows of the same day are added up.</summary>
internal static class DayFile
{
    /// <param name="path">The file.</param>
    /// <param name="column">The column of amounts; null is <c>amount</c>, or in a file of two columns the
    /// second.</param>
    /// <exception cref="FormatException">A column is missing, or a cell is not a valid date or amount.</exception>
    public static IReadOnlyList<(DateOnly Day, decimal Amount)> Read(string path, string? column)
    {
        using var input = File.OpenText(path);
        var rows = new CsvReader(input);
        var titles =
            rows.Read() ?? throw new FormatException($"{path} is empty. It needs a header line such as 'date,amount'.");
        var amounts = titles.FindIndex(title => title.Equals(column ?? "amount", StringComparison.OrdinalIgnoreCase));
        if (amounts < 0 && column is null && titles.Count == 2)
            amounts = 1;
        if (amounts < 0)
            throw new FormatException(
                $"{path} has no column '{column ?? "amount"}', but {string.Join(", ", titles)}. Name one of them."
            );
        var dates = Math.Max(
            0,
            titles.FindIndex(static title => title.Equals("date", StringComparison.OrdinalIgnoreCase))
        );
        if (dates == amounts)
            throw new FormatException(
                $"{path}: '{titles[amounts]}' is in the place of the date. "
                    + "Name the column of days 'date', or put it first."
            );
        var days = new List<(DateOnly, decimal)>();
        while (rows.Read() is { } row)
        {
            if (row.Count != titles.Count)
                throw new FormatException($"{path}, line {rows.Line}: {row.Count} fields instead of {titles.Count}.");
            days.Add(
                (
                    ParseDay(row[dates])
                        ?? throw new FormatException(
                            $"{path}, line {rows.Line}: '{row[dates]}' is not a valid day. Write it like 2026-11-01."
                        ),
                    decimal.TryParse(row[amounts], NumberStyles.Float, CultureInfo.InvariantCulture, out var amount)
                        ? amount
                        : throw new FormatException(
                            $"{path}, line {rows.Line}: '{row[amounts]}' is not a valid amount. Write it like 12.50."
                        )
                )
            );
        }

        return days;
    }

    private static DateOnly? ParseDay(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? DateOnly.FromDateTime(at.DateTime)
        : null;
}
