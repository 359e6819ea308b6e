using Parquet;
using Parquet.Schema;
using Tollgate.Accounting.ImportExport.Tables;

namespace Tollgate.Operations.ImportExport.ParquetFiles;

/// <summary>A column of texts, in UTF-8, with a dictionary if values repeat.</summary>
internal sealed class ParquetTextColumn(ExportColumn column) : ParquetColumn
{
    private const int MaxRangeLength = 256;

    private readonly List<string?> _values = [];
    private bool _hasRange = true;
    private long _length;

    /// <inheritdoc/>
    public override DataField Field { get; } = new DataField(column.Name, typeof(string), column.IsOptional);

    /// <inheritdoc/>
    public override long TextLength => _length;

    /// <inheritdoc/>
    public override void Add(object? value)
    {
        var text = (string?)value;
        _values.Add(text);
        if (text is null)
            return;
        _length += text.Length;
        _hasRange &= text.Length <= MaxRangeLength && !text.AsSpan().ContainsAnyInRange('\uD800', char.MaxValue);
    }

    /// <inheritdoc/>
    public override async Task WriteAsync(ParquetRowGroupWriter group, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await group.WriteAsync(Field, _values);

        // The package orders texts by UTF-16 code units, and readers by bytes of UTF-8: with characters from the
        // surrogates on, the two differ. A long text does not belong in the metadata.
        if (!_hasRange)
            ColumnRange.Replace(group, null, null);
        _values.Clear();
        (_hasRange, _length) = (true, 0);
    }
}
