using System.Buffers.Binary;
using Parquet;
using Parquet.Schema;
using Tollgate.Accounting.ImportExport.Tables;

namespace Tollgate.Operations.ImportExport.ParquetFiles;

/// <summary>A column of times in UTC, in microseconds.</summary>
internal sealed class ParquetTimeColumn(ExportColumn column) : ParquetColumn
{
    private readonly ParquetValueColumn<DateTime> _values = new(
        new DateTimeDataField(
            column.Name,
            DateTimeFormat.Timestamp,
            isAdjustedToUTC: true,
            DateTimeTimeUnit.Micros,
            column.IsOptional
        ),
        static value => ((DateTimeOffset)value).UtcDateTime
    );

    private (DateTime Min, DateTime Max)? _range;

    /// <inheritdoc/>
    public override DataField Field => _values.Field;

    /// <inheritdoc/>
    public override void Add(object? value)
    {
        _values.Add(value);
        if (value is not DateTimeOffset { UtcDateTime: var time })
            return;
        var (min, max) = _range ?? (time, time);
        _range = (time < min ? time : min, time > max ? time : max);
    }

    /// <inheritdoc/>
    public override async Task WriteAsync(ParquetRowGroupWriter group, CancellationToken cancellationToken)
    {
        await _values.WriteAsync(group, cancellationToken);

        // The package writes the range of a column in microseconds in milliseconds, and readers that filter by it
        // would skip rows.
        ColumnRange.Replace(group, ToBytes(_range?.Min), ToBytes(_range?.Max));
        _range = null;
    }

    private static byte[]? ToBytes(DateTime? time)
    {
        if (time is null)
            return null;
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, CountMicros(time.Value) - CountMicros(DateTime.UnixEpoch));
        return bytes;
    }

    private static long CountMicros(DateTime time) => time.Ticks / TimeSpan.TicksPerMicrosecond;
}
