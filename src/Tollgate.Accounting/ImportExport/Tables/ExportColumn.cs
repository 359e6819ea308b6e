using System.Globalization;

namespace Tollgate.Accounting.ImportExport.Tables;

/// <summary>A column of an exported table: its name, its type, and how text formats write its values.</summary>
public sealed record ExportColumn
{
    /// <summary>The maximum number of digits of a decimal value, before and after the decimal point.</summary>
    public const int Precision = 38;

    private readonly Func<object, object> _toPlain;

    private ExportColumn(string name, ColumnType type, Func<object, object> toPlain)
    {
        Name = name;
        Type = type;
        _toPlain = toPlain;
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The type of its values.</summary>
    public ColumnType Type { get; }

    /// <summary>The maximum number of decimal places of a decimal value; 0 for other types.</summary>
    public int Scale { get; private init; }

    /// <summary>True if a value can be absent.</summary>
    public bool IsOptional { get; private init; }

    /// <summary>Returns the value as text formats write it: a string, long, or decimal; null if it is absent.</summary>
    public object? ToPlain(object? value) => value is null ? null : _toPlain(value);

    internal static ExportColumn Text(string name) => new(name, ColumnType.Text, static value => value);

    internal static ExportColumn Integer(string name) => new(name, ColumnType.Integer, static value => value);

    internal static ExportColumn Decimal(string name, int scale) =>
        new(name, ColumnType.Decimal, static value => value) { Scale = scale };

    /// <summary>A column that is <c>true</c> or <c>false</c> in texts.</summary>
    internal static ExportColumn Boolean(string name) =>
        new(name, ColumnType.Boolean, static value => (bool)value ? "true" : "false");

    /// <summary>A column that is 1 or 0 in texts.</summary>
    internal static ExportColumn Bit(string name) =>
        new(name, ColumnType.Boolean, static value => (bool)value ? 1L : 0L);

    /// <summary>A column of times in UTC, written to texts in a format of .NET.</summary>
    internal static ExportColumn Time(string name, string format) =>
        new(
            name,
            ColumnType.Time,
            value => ((DateTimeOffset)value).UtcDateTime.ToString(format, CultureInfo.InvariantCulture)
        );

    /// <summary>The same column, with values that can be absent.</summary>
    internal ExportColumn Optional() => this with { IsOptional = true };
}
