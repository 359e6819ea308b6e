namespace Tollgate.Accounting.ImportExport.Tables;

/// <summary>The type of the values in a column of an exported table.</summary>
public enum ColumnType
{
    /// <summary>A <see cref="string"/>.</summary>
    Text,

    /// <summary>A <see cref="long"/>.</summary>
    Integer,

    /// <summary>A <see cref="decimal"/> with at most <see cref="ExportColumn.Scale"/> decimal places.</summary>
    Decimal,

    /// <summary>A <see cref="bool"/>.</summary>
    Boolean,

    /// <summary>A <see cref="DateTimeOffset"/>, exact to the microsecond.</summary>
    Time,
}
