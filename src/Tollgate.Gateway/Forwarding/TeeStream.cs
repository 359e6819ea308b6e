namespace Tollgate.Gateway.Forwarding;

/// <summary>
/// Sits between a decoder and the provider: the decoder reads through it, and the encoded bytes go on to the caller
/// unchanged. A chunk is passed on when the decoder asks for the next one, because everything in it has been inspected
/// by then.
/// </summary>
/// <param name="upstream">The source of the encoded bytes.</param>
/// <param name="caller">Their destination.</param>
/// <param name="mayPass">True if the bytes inspected so far may be sent.</param>
/// <param name="keepLast">True if the latest chunk always waits, because it might be the last.</param>
internal sealed class TeeStream(Stream upstream, ClientResponseWriter caller, Func<bool> mayPass, bool keepLast)
    : ForwardOnlyStream
{
    private readonly PooledBuffer _pending = new(16 * 1024);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!keepLast && mayPass())
            await PassAsync(_pending.Length);
        var count = await upstream.ReadAsync(buffer, cancellationToken);
        if (keepLast && count > 0 && mayPass())
            await PassAsync(_pending.Length);
        _pending.Append(buffer.Span[..count]);
        return count;
    }

    /// <summary>Passes on all pending bytes.</summary>
    public ValueTask ReleaseAsync() => PassAsync(_pending.Length);

    /// <summary>Moves the pending bytes to another buffer.</summary>
    public void MovePendingTo(PooledBuffer buffer)
    {
        buffer.Append(_pending.Span);
        _pending.Consume(_pending.Length);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _pending.Dispose();
        base.Dispose(disposing);
    }

    private async ValueTask PassAsync(int count)
    {
        await caller.WriteAsync(_pending.Memory[..count]);
        _pending.Consume(count);
    }
}
