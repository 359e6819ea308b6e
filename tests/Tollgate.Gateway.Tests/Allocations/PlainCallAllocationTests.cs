using System.Net.Sockets;
using System.Text;
using Tollgate.Testing.Gateways;

namespace Tollgate.Gateway.Tests.Allocations;

/// <summary>Run alone, because what other tests allocate at the same time would be counted too.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}

[Collection(Alone.Name)]
public sealed class PlainCallAllocationTests
{
    /// <summary>
    /// What a plain call allocates from Kestrel's first byte to its last, the ledger, the handler and the web server
    /// included.
    /// </summary>
    // Measured: 5,877. The rest is room for another version of the framework.
    private const int CommittedBytesPerCall = 6_800;

    private const int Calls = 2000;

    private static readonly string Prompt = new('x', 900);

    private static readonly string Body =
        $$"""{"model":"gpt-4o-mini","max_tokens":200,"messages":[{"role":"user","content":"{{Prompt}}"}]}""";

    private static readonly string Answer =
        """{"id":"chatcmpl-1","object":"chat.completion","model":"gpt-4o-mini-2024-07-18","choices":"""
        + """[{"index":0,"message":{"role":"assistant","content":"Hello"},"finish_reason":"stop"}]"""
        + ""","usage":{"prompt_tokens":250,"completion_tokens":80,"total_tokens":330}}""";

    /// <summary>Transcripts without texts cost no more.</summary>
    [Theory]
    [Trait("Needs", "Time")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_plain_call_allocates_no_more_than_the_committed_number(bool keepsRefusals)
    {
        using var provider = new FixedUpstream(
            $"HTTP/1.1 200 OK\r\nServer: fixed\r\nDate: Thu, 01 Jan 2026 00:00:00 GMT\r\nContent-Type: "
                + $"application/json\r\nContent-Length: {Answer.Length}\r\n\r\n{Answer}",
            Body.Length
        );
        await using var gate = await InProcessGateway.StartAsync(
            new GatewayOptions { Routing = InProcessGateway.RoutingTo(provider.Address) },
            transcripts: keepsRefusals ? static options => options : null
        );
        using var caller = await ConnectAsync(gate.Client.BaseAddress!);
        Measure(caller, 4 * Calls);

        // The runtime compiles and grows its pools at moments of its own; the gate's share is in every round.
        var perCall = long.MaxValue;
        for (var round = 0; round < 4; round++)
            perCall = Math.Min(perCall, Measure(caller, Calls) / Calls);

        TestContext.Current.TestOutputHelper?.WriteLine($"{perCall} bytes a call");
        perCall.ShouldBeLessThanOrEqualTo(CommittedBytesPerCall);
        (await gate.RecordsAsync()).Count.ShouldBe(8 * Calls);
    }

    private static async Task<Socket> ConnectAsync(Uri gate)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(gate.Host, gate.Port);
        return socket;
    }

    /// <summary>Bytes that were allocated during so many calls, one after the other.</summary>
    private static long Measure(Socket caller, int calls)
    {
        var request = Encoding.UTF8.GetBytes(
            $"POST /v1/chat/completions HTTP/1.1\r\nHost: gate\r\nAuthorization: Bearer tg-key\r\nContent-Type: "
                + $"application/json\r\nUser-Agent: test\r\nContent-Length: {Body.Length}\r\n\r\n{Body}"
        );
        var answer = new byte[8192];
        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var call = 0; call < calls; call++)
        {
            caller.Send(request);
            ReceiveAnswer(caller, answer);
        }

        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }

    private static void ReceiveAnswer(Socket caller, byte[] answer)
    {
        for (var length = 0; ;)
        {
            var count = caller.Receive(answer.AsSpan(length));
            count.ShouldNotBe(0);
            length += count;
            var head = answer.AsSpan(0, length).IndexOf("\r\n\r\n"u8);
            if (head >= 0 && length >= head + 4 + Answer.Length)
                return;
        }
    }
}
