using System.Runtime.CompilerServices;
using Tollgate.Gateway.Calls;
using Tollgate.Metering.Wire;

namespace Tollgate.Gateway.Forwarding;

/// <summary>
/// Relays a plain response. One of up to <see cref="MaxBufferedBytes"/> bytes is buffered completely, so that a header
/// can carry its cost and the caller sees nothing of it unless it is booked; of a larger one, only the last chunk
/// waits.
/// </summary>
internal sealed class BufferedRelay : IResponseRelay
{
    /// <summary>1 MiB.</summary>
    public const int MaxBufferedBytes = 1024 * 1024;

    private readonly UpstreamBody _upstream;
    private readonly ClientResponseWriter _caller;
    private readonly IUsageMeter _meter;
    private readonly string? _encoding;
    private readonly long? _declaredLength;
    private readonly PooledBuffer _buffer;

    public BufferedRelay(
        UpstreamBody upstream,
        ClientResponseWriter caller,
        IUsageMeter meter,
        string? encoding,
        long? statedLength
    )
    {
        _upstream = upstream;
        _caller = caller;
        _meter = meter;
        _encoding = encoding;
        _declaredLength = statedLength;
        _buffer = new PooledBuffer(
            statedLength is > 0 and <= MaxBufferedBytes ? (int)statedLength.Value * 2 : 8 * 1024
        );
    }

    public bool IsFullyBuffered { get; private set; } = true;

    public bool DecodesForCaller => false;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<ResponseOutcome> PumpAsync()
    {
        if (_declaredLength <= MaxBufferedBytes || _declaredLength is null)
        {
            while (_buffer.Length <= MaxBufferedBytes)
            {
                var count = await _upstream.ReadAsync(_buffer.GetFreeMemory());
                if (count == 0)
                    return await MeterBufferedAsync();
                _buffer.Advance(count);
            }
        }

        IsFullyBuffered = false;
        if (_declaredLength is { } declared)
            _caller.SetLength(declared);
        return await PumpPiecesAsync();
    }

    public async ValueTask ReleaseAsync()
    {
        if (IsFullyBuffered)
            _caller.SetLength(_buffer.Length);
        await _caller.WriteAsync(_buffer.Memory);
        _buffer.Consume(_buffer.Length);
    }

    public void Dispose() => _buffer.Dispose();

    private async ValueTask<ResponseOutcome> MeterBufferedAsync()
    {
        if (!_upstream.Outcome.IsComplete)
            return _upstream.Outcome;
        if (_encoding is null)
        {
            _meter.ReadBody(_buffer.Span, isFinal: true);
            return _upstream.Outcome;
        }

        using var encoded = new MemoryStream(_buffer.Memory.ToArray(), writable: false);
        await using var decoded = ResponseDecoder.Open(encoded, _encoding, _upstream);
        return await FeedAsync(decoded);
    }

    private async ValueTask<ResponseOutcome> PumpPiecesAsync()
    {
        using var read = new ReplayStream(_buffer, _upstream);
        await using var tee = new TeeStream(read, _caller, static () => true, keepLast: true);
        await using var decoded = ResponseDecoder.Open(tee, _encoding, _upstream);
        var end = await FeedAsync(decoded);
        tee.MovePendingTo(_buffer);
        return end;
    }

    /// <summary>Feeds the decoded bytes to the meter, chunk by chunk.</summary>
    private async ValueTask<ResponseOutcome> FeedAsync(Stream decoded)
    {
        using var pieces = new PooledBuffer(64 * 1024);
        while (true)
        {
            var count = await decoded.ReadAsync(pieces.GetFreeMemory());
            pieces.Advance(count);
            var isFinal = count == 0 && _upstream.Outcome.IsComplete;
            if (count > 0 || isFinal)
                _meter.ReadBody(pieces.Span, isFinal);
            pieces.Consume(count);
            if (count == 0)
                return _upstream.Outcome;
        }
    }

    /// <summary>Returns the bytes that were already read, then the rest.</summary>
    private sealed class ReplayStream(PooledBuffer first, Stream rest) : ForwardOnlyStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (first.Length == 0)
                return rest.ReadAsync(buffer, cancellationToken);
            var count = Math.Min(first.Length, buffer.Length);
            first.Span[..count].CopyTo(buffer.Span);
            first.Consume(count);
            return ValueTask.FromResult(count);
        }
    }
}
