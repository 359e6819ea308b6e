using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Tollgate.Gateway.Calls;
using Tollgate.Gateway.Forwarding;
using Tollgate.Metering.Tokens;
using Tollgate.Metering.Wire;
using Tollgate.Metering.Wire.OpenAI;

namespace Tollgate.Gateway.Tests.Allocations;

public sealed class StreamChunkAllocationTests
{
    private static readonly byte[] Chunk = Encoding.UTF8.GetBytes(
        """data: {"id":"chatcmpl-1","object":"chat.completion.chunk","model":"gpt-4o-mini-2024-07-18","choices":"""
            + """[{"index":0,"delta":{"content":" word"},"finish_reason":null}],"usage":null}"""
            + "\n\n"
    );

    private static readonly byte[] End = "data: [DONE]\n\n"u8.ToArray();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_further_chunk_of_a_stream_allocates_nothing(bool withholdUsage)
    {
        for (var warmUp = 0; warmUp < 50; warmUp++)
            await RelayAsync(2000, withholdUsage);

        var thousand = await RelayAsync(1000, withholdUsage);
        var twoThousand = await RelayAsync(2000, withholdUsage);

        (twoThousand - thousand).ShouldBe(0);
    }

    /// <summary>
    /// Bytes that relaying a stream of so many chunks allocates. All reads and writes end at once, so it stays on this
    /// thread.
    /// </summary>
    private static async Task<long> RelayAsync(int chunks, bool withholdUsage)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var http = new DefaultHttpContext();
        http.Features.Set<IHttpResponseBodyFeature>(new NowhereBody());
        using var deadlines = new DeadlinePool(TimeProvider.System, CancellationToken.None);
        using var deadline = deadlines.Begin(TimeSpan.FromMinutes(1), CancellationToken.None);
        using var stream = new Chunks(chunks);
        using var upstream = new UpstreamBody(stream, deadline, TimeSpan.FromMinutes(1), TimeProvider.System);
        // As the gate does for a model whose tokens it can count.
        using var text = new ReceivedText(TokenCounter.ForModel("gpt-4o"));
        var meter = new ChatCompletionsMeter { Text = text };
        using var relay = new StreamRelay(
            upstream,
            upstream,
            new ClientResponseWriter(http, deadline),
            new FrameFilter(new SseScanner(), meter, withholdUsage)
        );
        var end = await relay.PumpAsync();
        await relay.ReleaseAsync();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        end.IsComplete.ShouldBeTrue();
        meter.Reading.OutputBytes.ShouldBe(chunks * " word".Length);
        return allocated;
    }

    private sealed class Chunks(int count) : ForwardOnlyStream
    {
        private int _given;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var piece =
                _given < count ? Chunk
                : _given == count ? End
                : [];
            _given++;
            piece.CopyTo(buffer);
            return ValueTask.FromResult(piece.Length);
        }
    }

    private sealed class NowhereBody : IHttpResponseBodyFeature
    {
        public Stream Stream => Stream.Null;

        public PipeWriter Writer { get; } = new NowhereWriter();

        public Task CompleteAsync() => Task.CompletedTask;

        public void DisableBuffering() { }

        public Task SendFileAsync(
            string path,
            long offset,
            long? count,
            CancellationToken cancellationToken = default
        ) => throw new NotSupportedException();

        public Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;
    }

    private sealed class NowhereWriter : PipeWriter
    {
        private readonly byte[] _room = new byte[64 * 1024];

        public override void Advance(int bytes) { }

        public override void CancelPendingFlush() { }

        public override void Complete(Exception? exception = null) { }

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(default(FlushResult));

        public override ValueTask<FlushResult> WriteAsync(
            ReadOnlyMemory<byte> source,
            CancellationToken cancellationToken = default
        ) => FlushAsync(cancellationToken);

        public override Memory<byte> GetMemory(int sizeHint = 0) => _room;

        public override Span<byte> GetSpan(int sizeHint = 0) => _room;
    }
}
