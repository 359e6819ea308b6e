using Tollgate.Gateway.Calls;

namespace Tollgate.Gateway.Forwarding;

/// <summary>Relays a compressed stream unchanged while the meter reads the decoded bytes in parallel.</summary>
internal sealed class EncodedStreamRelay : IAnswerRelay
{
    private readonly UpstreamBody _upstream;
    private readonly TeeStream _tee;
    private readonly Stream _decoded;
    private readonly FrameGate _gate;
    private readonly PooledBuffer _buffer = new(16 * 1024);

    public EncodedStreamRelay(UpstreamBody upstream, string encoding, CallerBody caller, FrameGate gate)
    {
        _upstream = upstream;
        _gate = gate;
        // A frame whose lines have arrived, but not its end, may be the terminal one: a line-based client would accept
        // it.
        _tee = new TeeStream(
            upstream,
            caller,
            () => !gate.IsHolding && !_buffer.Span.Contains((byte)'\n'),
            keepLast: false
        );
        _decoded = AnswerDecoder.Open(_tee, encoding, upstream);
    }

    public async ValueTask<AnswerEnd> PumpAsync()
    {
        while (true)
        {
            var count = await _decoded.ReadAsync(_buffer.Room());
            _buffer.Added(count);
            var isWhole = count == 0 && _upstream.End.IsWhole;
            while (_gate.Look(_buffer, isWhole) is { Pass: > 0 } verdict)
                _buffer.Drop(verdict.Pass);
            if (count == 0 || _gate.IsTerminal)
                break;
            // A few compressed bytes can decode to gigabytes of one frame.
            if (_buffer.Length > StreamRelay.MaxFrameLength)
                return AnswerEnd.FrameTooLarge;
        }

        // After the terminal event comes at least the encoding's own trailer: it is part of what is held back.
        while (_gate.IsTerminal && await _decoded.ReadAsync(_buffer.Room()) > 0) { }

        return _gate.IsTerminal ? AnswerEnd.Whole : _upstream.End;
    }

    public ValueTask ReleaseAsync() => _tee.ReleaseAsync();

    public void Dispose()
    {
        _decoded.Dispose();
        _tee.Dispose();
        _buffer.Dispose();
    }
}
