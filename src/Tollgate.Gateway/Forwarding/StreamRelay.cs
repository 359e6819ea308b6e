using System.Runtime.CompilerServices;
using Tollgate.Gateway.Calls;

namespace Tollgate.Gateway.Forwarding;

/// <summary>Relays a streamed response whose bytes can be read without decoding: read, inspect, write, flush.</summary>
internal sealed class StreamRelay(
    UpstreamBody upstream,
    Stream decoded,
    ClientResponseWriter caller,
    FrameFilter filter
) : IResponseRelay
{
    /// <summary>The largest frame that is buffered; a larger one is passed on uninspected.</summary>
    public const int MaxFrameLength = 64 * 1024 * 1024;

    private readonly PooledBuffer _buffer = new(16 * 1024);

    public bool IsFullyBuffered => false;

    public bool DecodesForCaller => !ReferenceEquals(decoded, upstream);

    public async ValueTask<ResponseOutcome> PumpAsync()
    {
        while (true)
        {
            var count = await decoded.ReadAsync(_buffer.GetFreeMemory());
            _buffer.Advance(count);
            var isWhole = count == 0 && upstream.Outcome.IsComplete;
            await PassAsync(isWhole);
            if (filter.IsTerminal || count == 0)
                return upstream.Outcome;
            if (_buffer.Length > MaxFrameLength)
                return ResponseOutcome.FrameTooLarge;
        }
    }

    public async ValueTask ReleaseAsync()
    {
        await PassAllAsync();
        // After the terminal event a provider has nothing more to send, but may send something: blank lines, a comment.
        while (filter.IsTerminal)
        {
            var count = await decoded.ReadAsync(_buffer.GetFreeMemory());
            if (count == 0)
                return;
            _buffer.Advance(count);
            await PassAllAsync();
        }
    }

    public void Dispose() => _buffer.Dispose();

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask PassAsync(bool isFinal)
    {
        while (true)
        {
            var verdict = filter.Evaluate(_buffer, isFinal);
            await caller.WriteAsync(_buffer.Memory[..verdict.Pass]);
            _buffer.Consume(verdict.Pass + verdict.Skip);
            if (filter.IsTerminal || (verdict.Pass == 0 && verdict.Skip == 0))
                return;
        }
    }

    private async ValueTask PassAllAsync()
    {
        await caller.WriteAsync(_buffer.Memory);
        _buffer.Consume(_buffer.Length);
    }
}
