namespace Tollgate.Metering.Tests.Wire;

public class WireAllocationTests
{
    [Theory]
    [InlineData("openai-chat/azure-filter-stream.sse")]
    [InlineData("openai-chat/groq-tool-stream.sse")]
    [InlineData("openai-chat/mistral-cumulative-stream.sse")]
    [InlineData("openai-responses/stream.sse")]
    [InlineData("openai-responses/function-call-stream.sse")]
    [InlineData("anthropic/stream.sse")]
    [InlineData("anthropic/tool-use-stream.sse")]
    [InlineData("gemini/thoughts-stream.sse")]
    [InlineData("gemini/stream.json-array")]
    public void Further_chunks_of_a_stream_allocate_nothing(string name)
    {
        var payload = Payload.Named(name);
        var meter = payload.NewMeter();
        var scanner = payload.NewScanner();
        for (var warmUp = 0; warmUp < 3; warmUp++)
            Pump();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 100; round++)
            Pump();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);

        void Pump()
        {
            ReadOnlySpan<byte> unread = payload.Bytes;
            while (scanner.TryRead(unread, isFinal: false, out var frame))
            {
                meter.ReadFrame(frame.Event.Slice(unread), frame.Data.Slice(unread));
                unread = unread[frame.Length..];
            }

            if (!unread.IsEmpty)
                scanner.TryRead(unread, isFinal: true, out _);
        }
    }
}
