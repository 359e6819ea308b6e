using System.Buffers;
using System.Globalization;
using System.Text;

namespace Tollgate.Analytics.Flows.Tallies;

/// <summary>The rows of one block with two more columns: both ends rounded to the bucket.</summary>
internal sealed class RoundedRows(char delimiter)
{
    private readonly ArrayBufferWriter<byte> _rows = new(1 << 16);

    public ReadOnlySpan<byte> Written => _rows.WrittenSpan;

    public void Clear() => _rows.ResetWrittenCount();

    public void Header(ReadOnlySpan<byte> names)
    {
        _rows.Write(names);
        Write($"{delimiter}created_at_rounded{delimiter}finished_at_rounded\n");
    }

    public void Add(ReadOnlySpan<byte> row, BucketCounter buckets, long start, long end)
    {
        _rows.Write(row);
        Write($"{delimiter}{Rounded(buckets, start)}{delimiter}{Rounded(buckets, end)}\n");
    }

    private static string Rounded(BucketCounter buckets, long micros) =>
        DateTimeOffset
            .UnixEpoch.AddMicroseconds(buckets.GetStart(buckets.NearestBucket(micros)))
            .ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private void Write(string text) => Encoding.UTF8.GetBytes(text, _rows);
}
