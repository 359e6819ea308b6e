using System.Globalization;
using Parquet.Schema;
using Tollgate.Accounting.ImportExport.Tables;

namespace Tollgate.Operations.ImportExport.ParquetFiles;

/// <summary>A column of exact decimal numbers.</summary>
internal sealed class ParquetDecimalColumn(ExportColumn column)
    : ParquetValueColumn<decimal>(
        new DecimalDataField(column.Name, ExportColumn.Precision, column.Scale, isNullable: column.IsOptional),
        static value => (decimal)value
    )
{
    private readonly decimal _limit = Enumerable
        .Repeat(10m, ExportColumn.Precision - column.Scale)
        .Aggregate(1m, static (left, right) => left * right);

    /// <inheritdoc/>
    public override string? FindProblem(object? value)
    {
        if (value is not decimal number)
            return base.FindProblem(value);
        if (decimal.Round(number, column.Scale) == number && Math.Abs(number) < _limit)
            return null;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{number}, and the column holds at most {ExportColumn.Precision - column.Scale} digits before and "
                + $"{column.Scale} after the decimal point"
        );
    }
}
