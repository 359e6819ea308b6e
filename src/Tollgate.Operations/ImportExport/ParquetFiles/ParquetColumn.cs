using Parquet;
using Parquet.Schema;
using Tollgate.Accounting.ImportExport.Tables;

namespace Tollgate.Operations.ImportExport.ParquetFiles;

/// <summary>The values of one column that are not yet written.</summary>
internal abstract class ParquetColumn
{
    /// <summary>The column in the schema of the file.</summary>
    public abstract DataField Field { get; }

    /// <summary>The length of the texts since the last row group, in UTF-16 code units; 0 for other types.</summary>
    public virtual long TextLength => 0;

    public static ParquetColumn Create(ExportColumn column) =>
        column.Type switch
        {
            ColumnType.Text => new ParquetTextColumn(column),
            ColumnType.Integer => new ParquetValueColumn<long>(
                new DataField<long>(column.Name, column.IsOptional),
                static value => (long)value
            ),
            ColumnType.Boolean => new ParquetValueColumn<bool>(
                new DataField<bool>(column.Name, column.IsOptional),
                static value => (bool)value
            ),
            ColumnType.Decimal => new ParquetDecimalColumn(column),
            ColumnType.Time => new ParquetTimeColumn(column),
            _ => throw new ArgumentOutOfRangeException(nameof(column), column.Type, "The type is not known."),
        };

    /// <summary>Returns what is wrong with a value that the column cannot hold; null if it can.</summary>
    public virtual string? FindProblem(object? value) =>
        value is null && !Field.IsNullable ? "absent, and the column requires one" : null;

    /// <summary>Keeps a value for the next row group; null if it is absent.</summary>
    public abstract void Add(object? value);

    /// <summary>Writes the values as the next column of a row group, and forgets them.</summary>
    public abstract Task WriteAsync(ParquetRowGroupWriter group, CancellationToken cancellationToken);
}
