using System.IO.Compression;
using Parquet;
using Parquet.Schema;
using Tollgate.Accounting.ImportExport.Tables;

namespace Tollgate.Operations.ImportExport.ParquetFiles;

/// <summary>
/// Writes rows to a Parquet file, compressed with Zstandard. Memory is bounded: it keeps the rows of one row group,
/// which ends after <see cref="RowGroupLength"/> rows or <see cref="MaxTextLength"/> UTF-16 code units of text. The
/// same rows produce the same bytes.
/// </summary>
/// <param name="columns">The columns of the table.</param>
/// <param name="output">The file; it stays open and need not be seekable.</param>
internal sealed class ParquetRowWriter(IReadOnlyList<ExportColumn> columns, Stream output) : IRowWriter
{
    /// <summary>The rows of a full row group.</summary>
    public const int RowGroupLength = 65_536;

    /// <summary>The length of the texts after which a row group ends early.</summary>
    public const long MaxTextLength = 32 * 1024 * 1024;

    private readonly ParquetColumn[] _columns = [.. columns.Select(ParquetColumn.Create)];
    private ParquetWriter? _file;
    private long _rows;
    private int _pending;

    /// <inheritdoc/>
    /// <exception cref="OperationException">A value does not fit into its column.</exception>
    public async Task AddAsync(IReadOnlyList<object?> values, CancellationToken cancellationToken = default)
    {
        _rows++;
        long text = 0;
        for (var i = 0; i < _columns.Length; i++)
        {
            if (_columns[i].FindProblem(values[i]) is { } problem)
                throw new OperationException(
                    OperationError.Conflict,
                    $"Row {_rows}, column {columns[i].Name}: the value is {problem}. Export this period as CSV."
                );
            _columns[i].Add(values[i]);
            text += _columns[i].TextLength;
        }

        if (++_pending >= RowGroupLength || text >= MaxTextLength)
            await FlushAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task CompleteAsync(CancellationToken cancellationToken = default)
    {
        if (_pending > 0)
            await FlushAsync(cancellationToken);
        var file = await OpenAsync(cancellationToken);
        await file.DisposeAsync(); // Writes the footer.
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        var file = await OpenAsync(cancellationToken);
        using (var group = file.CreateRowGroup())
        {
            foreach (var column in _columns)
                await column.WriteAsync(group, cancellationToken);
            group.CompleteValidate();
        }

        _pending = 0;
    }

    private async Task<ParquetWriter> OpenAsync(CancellationToken cancellationToken)
    {
        if (_file is not null)
            return _file;
        var options = new ParquetOptions
        {
            CompressionMethod = CompressionMethod.Zstd,
            CompressionLevel = CompressionLevel.Optimal,
        };
        foreach (var column in _columns.OfType<ParquetTextColumn>())
            options.ColumnEncodingHints[column.Field.Name] = EncodingHint.Dictionary;
        var schema = new ParquetSchema([.. _columns.Select(static column => column.Field)]);
        return _file = await ParquetWriter.CreateAsync(schema, output, options, cancellationToken: cancellationToken);
    }
}
