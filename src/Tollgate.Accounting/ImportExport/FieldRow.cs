using System.Globalization;

namespace Tollgate.Accounting.ImportExport;

/// <summary>One row of a file, by column name, with its position for error messages.</summary>
/// <param name="names">The column indexes by name.</param>
/// <param name="values">The texts; an empty text is absent.</param>
/// <param name="line">The line on which the row begins, from 1.</param>
public sealed class FieldRow(IReadOnlyDictionary<string, int> names, IReadOnlyList<string> values, long line)
{
    /// <summary>The line on which the row begins, from 1.</summary>
    public long Line => line;

    /// <summary>All texts, for an identity derived from the contents.</summary>
    public IReadOnlyList<string> Values => values;

    /// <summary>True if the file has the column.</summary>
    public bool Has(string name) => names.ContainsKey(name);

    /// <summary>Returns the text of a column; null if it is empty or there is no such column.</summary>
    public string? TextOrNull(string name) =>
        names.TryGetValue(name, out var at) && at < values.Count && values[at].Length > 0 ? values[at] : null;

    /// <summary>Returns the text of a column that must not be empty.</summary>
    public string Text(string name) => TextOrNull(name) ?? throw CreateException(name, "a text");

    /// <summary>Reads a whole number, also written as <c>12.0</c>; null if it is empty.</summary>
    public long? NumberOrNull(string name) =>
        DecimalOrNull(name) is not { } number ? null
        : number == decimal.Truncate(number) && Math.Abs(number) <= long.MaxValue ? (long)number
        : throw CreateException(name, "a whole number");

    /// <summary>Reads a whole number.</summary>
    public long Number(string name) => NumberOrNull(name) ?? throw CreateException(name, "a whole number");

    /// <summary>Reads a number, also with an exponent such as <c>1.5e-05</c>; null if it is empty.</summary>
    public decimal? DecimalOrNull(string name)
    {
        if (TextOrNull(name) is not { } text)
            return null;
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw CreateException(name, "a number");
    }

    /// <summary>Reads a time in ISO 8601 or as <c>2026-11-01 12:00:00</c>; UTC if it has no offset.</summary>
    public DateTimeOffset Time(string name) =>
        DateTimeOffset.TryParse(
            Text(name),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time
        )
            ? time
            : throw CreateException(name, "a time such as 2026-11-01T12:00:00Z");

    /// <summary>Reads an identity.</summary>
    public Guid Id(string name) =>
        Guid.TryParseExact(Text(name), "D", out var id) ? id : throw CreateException(name, "a UUID");

    /// <summary>Reads a name of an enumeration, in lower case with underscores.</summary>
    public T ParseEnum<T>(string name)
        where T : struct, Enum
    {
        var text = Text(name);
        foreach (var value in Enum.GetValues<T>())
            if (UsageFields.SnakeCase(value.ToString()) == text)
                return value;
        throw CreateException(name, "one of " + string.Join(", ", Enum.GetNames<T>().Select(UsageFields.SnakeCase)));
    }

    /// <summary>Creates the error for an invalid text in a column.</summary>
    public FormatException CreateException(string name, string expected)
    {
        var text = TextOrNull(name);
        return new FormatException(
            $"line {line}, column {name}: "
                + $"{(text is null ? "empty" : $"'{(text.Length > 60 ? text[..60] + "…" : text)}'")} is not {expected}"
        );
    }
}
