namespace Tollgate.Operations.Jobs;

/// <summary>A file that may not grow beyond a size.</summary>
/// <param name="inner">The file, which is closed with it.</param>
/// <param name="max">The maximum size in bytes.</param>
internal sealed class BoundedStream(Stream inner, long max) : Stream
{
    private long _length;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _length;

    public override long Position
    {
        get => _length;
        set => throw new NotSupportedException();
    }

    /// <exception cref="OperationException">The file would become too large.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Count(buffer.Length);
        inner.Write(buffer);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <exception cref="OperationException">The file would become too large.</exception>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Count(buffer.Length);
        return inner.WriteAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() => inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    private void Count(int bytes)
    {
        _length += bytes;
        if (_length > max)
            throw new OperationException(
                OperationError.Conflict,
                FormattableString.Invariant(
                    $"The result is larger than {max} bytes, the maximum of all results (jobs.max_result_bytes). "
                ) + "Choose a shorter range, or increase the setting."
            );
    }
}
