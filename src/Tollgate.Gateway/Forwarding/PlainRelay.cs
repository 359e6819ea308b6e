using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Tollgate.Gateway.Calls;
using Tollgate.Metering.Wire;

namespace Tollgate.Gateway.Forwarding;

/// <summary>
/// Relays a plain response. One of up to <see cref="WholeLimit"/> bytes is buffered completely, so that a header can
/// carry its cost and the caller sees nothing of it unless it is booked; of a larger one, only the last chunk waits.
/// </summary>
internal sealed class PlainRelay : IAnswerRelay
{
    /// <summary>1 MiB.</summary>
    public const int WholeLimit = 1024 * 1024;

    private readonly HttpResponse _response;
    private readonly UpstreamBody _upstream;
    private readonly CallerBody _caller;
    private readonly IUsageMeter _meter;
    private readonly string? _encoding;
    private readonly long? _statedLength;
    private readonly PooledBuffer _buffer;

    public PlainRelay(
        HttpResponse response,
        UpstreamBody upstream,
        CallerBody caller,
        IUsageMeter meter,
        string? encoding,
        long? statedLength
    )
    {
        _response = response;
        _upstream = upstream;
        _caller = caller;
        _meter = meter;
        _encoding = encoding;
        _statedLength = statedLength;
        _buffer = new PooledBuffer(statedLength is > 0 and <= WholeLimit ? (int)statedLength.Value * 2 : 8 * 1024);
    }

    /// <summary>Whether the whole response is buffered, so that headers can still be set.</summary>
    public bool IsWhole { get; private set; } = true;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<AnswerEnd> PumpAsync()
    {
        if (_statedLength <= WholeLimit || _statedLength is null)
        {
            while (_buffer.Length <= WholeLimit)
            {
                var count = await _upstream.ReadAsync(_buffer.Room());
                if (count == 0)
                    return await MeterWholeAsync();
                _buffer.Added(count);
            }
        }

        IsWhole = false;
        if (_statedLength is not null)
            _response.ContentLength = _statedLength;
        return await PumpPiecesAsync();
    }

    public async ValueTask ReleaseAsync()
    {
        if (IsWhole)
            _response.ContentLength = _buffer.Length;
        await _caller.WriteAsync(_buffer.Memory);
        _buffer.Drop(_buffer.Length);
    }

    public void Dispose() => _buffer.Dispose();

    private async ValueTask<AnswerEnd> MeterWholeAsync()
    {
        if (!_upstream.End.IsWhole)
            return _upstream.End;
        if (_encoding is null)
        {
            _meter.ReadBody(_buffer.Span, isFinal: true);
            return _upstream.End;
        }

        using var encoded = new MemoryStream(_buffer.Memory.ToArray(), writable: false);
        await using var decoded = AnswerDecoder.Open(encoded, _encoding, _upstream);
        return await FeedAsync(decoded);
    }

    private async ValueTask<AnswerEnd> PumpPiecesAsync()
    {
        using var read = new ReplayStream(_buffer, _upstream);
        await using var tee = new TeeStream(read, _caller, static () => true, keepLast: true);
        await using var decoded = AnswerDecoder.Open(tee, _encoding, _upstream);
        var end = await FeedAsync(decoded);
        tee.MovePendingTo(_buffer);
        return end;
    }

    /// <summary>Feeds the decoded bytes to the meter, chunk by chunk.</summary>
    private async ValueTask<AnswerEnd> FeedAsync(Stream decoded)
    {
        using var pieces = new PooledBuffer(64 * 1024);
        while (true)
        {
            var count = await decoded.ReadAsync(pieces.Room());
            pieces.Added(count);
            var isFinal = count == 0 && _upstream.End.IsWhole;
            if (count > 0 || isFinal)
                _meter.ReadBody(pieces.Span, isFinal);
            pieces.Drop(count);
            if (count == 0)
                return _upstream.End;
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
            first.Drop(count);
            return ValueTask.FromResult(count);
        }
    }
}
