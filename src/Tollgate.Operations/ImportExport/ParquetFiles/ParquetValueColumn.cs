using Parquet;
using Parquet.Schema;

namespace Tollgate.Operations.ImportExport.ParquetFiles;

/// <summary>A column of numbers, booleans, or times.</summary>
/// <typeparam name="T">The type that the field is written as.</typeparam>
/// <param name="column">The column in the schema.</param>
/// <param name="convert">Unboxes a value.</param>
internal class ParquetValueColumn<T>(DataField column, Func<object, T> convert) : ParquetColumn
    where T : struct
{
    // A field that is required takes values, and one that is optional takes nullable values.
    private readonly List<T> _required = [];
    private readonly List<T?> _optional = [];

    /// <inheritdoc/>
    public override DataField Field => column;

    /// <inheritdoc/>
    public override void Add(object? value)
    {
        if (column.IsNullable)
            _optional.Add(value is null ? null : convert(value));
        else
            _required.Add(convert(value!));
    }

    /// <inheritdoc/>
    public override async Task WriteAsync(ParquetRowGroupWriter group, CancellationToken cancellationToken)
    {
        if (column.IsNullable)
            await group.WriteAsync<T>(column, _optional.ToArray(), cancellationToken: cancellationToken);
        else
            await group.WriteAsync<T>(column, _required.ToArray(), cancellationToken: cancellationToken);
        _optional.Clear();
        _required.Clear();
    }
}
