using Tollgate.Gateway.Calls;

namespace Tollgate.Gateway.Forwarding;

/// <summary>Relays a compressed stream unchanged while the meter reads the decoded bytes in parallel.</summary>
internal sealed class EncodedStreamRelay : IResponseRelay
{
    private readonly UpstreamBody _upstream;
    private readonly TeeStream _tee;
    private readonly Stream _decoded;
    private readonly FrameFilter _filter;
    private readonly PooledBuffer _buffer = new(16 * 1024);

    public EncodedStreamRelay(UpstreamBody upstream, string encoding, ClientResponseWriter caller, FrameFilter filter)
    {
        _upstream = upstream;
        _filter = filter;
        // A frame whose lines have arrived, but not its end, may be the terminal one: a line-based client would accept
        // it.
        _tee = new TeeStream(
            upstream,
            caller,
            () => !filter.IsHolding && !_buffer.Span.Contains((byte)'\n'),
            keepLast: false
        );
        _decoded = ResponseDecoder.Open(_tee, encoding, upstream);
    }

    public bool IsFullyBuffered => false;

    public bool DecodesForCaller => false;

    public async ValueTask<ResponseOutcome> PumpAsync()
    {
        while (true)
        {
            var count = await _decoded.ReadAsync(_buffer.GetFreeMemory());
            _buffer.Advance(count);
            var isWhole = count == 0 && _upstream.Outcome.IsComplete;
            while (_filter.Evaluate(_buffer, isWhole) is { Pass: > 0 } verdict)
                _buffer.Consume(verdict.Pass);
            if (count == 0 || _filter.IsTerminal)
                break;
            // A few compressed bytes can decode to gigabytes of one frame.
            if (_buffer.Length > StreamRelay.MaxFrameLength)
                return ResponseOutcome.FrameTooLarge;
        }

        // After the terminal event comes at least the encoding's own trailer: it is part of what is held back.
        while (_filter.IsTerminal && await _decoded.ReadAsync(_buffer.GetFreeMemory()) > 0) { }

        return _filter.IsTerminal ? ResponseOutcome.Complete : _upstream.Outcome;
    }

    public ValueTask ReleaseAsync() => _tee.ReleaseAsync();

    public void Dispose()
    {
        _decoded.Dispose();
        _tee.Dispose();
        _buffer.Dispose();
    }
}
