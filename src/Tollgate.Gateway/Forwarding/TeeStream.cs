namespace Tollgate.Gateway.Forwarding;

/// <summary>
/// Stands between a decoder and the provider: the decoder reads through it, and the encoded bytes go on to the caller
/// untouched. A piece is passed on when the decoder asks for the next one, because by then all that was in it has
/// been looked at.
/// </summary>
/// <param name="upstream">Where the encoded bytes come from.</param>
/// <param name="caller">Where they go.</param>
/// <param name="mayPass">Whether what has been looked at so far may go.</param>
/// <param name="keepLast">Whether the latest piece always waits, because it might be the last.</param>
internal sealed class TeeStream(Stream upstream, CallerBody caller, Func<bool> mayPass, bool keepLast)
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
        _pending.Add(buffer.Span[..count]);
        return count;
    }

    /// <summary>Passes on all that waits.</summary>
    public ValueTask ReleaseAsync() => PassAsync(_pending.Length);

    /// <summary>Hands what waits over to another buffer.</summary>
    public void MovePendingTo(PooledBuffer buffer)
    {
        buffer.Add(_pending.Span);
        _pending.Drop(_pending.Length);
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
        _pending.Drop(count);
    }
}
