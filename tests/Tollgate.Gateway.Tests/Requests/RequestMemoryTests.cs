using System.Net;
using Tollgate.SimulatedProvider;
using Tollgate.SimulatedProvider.Scripting;
using Tollgate.Testing.Gateways;

namespace Tollgate.Gateway.Tests.Requests;

public class RequestMemoryTests
{
    private const int Callers = 256;
    private const long BodyLength = 100_000_000;

    [Fact]
    public async Task Survives_more_callers_than_fit_into_memory()
    {
        await using var provider = await SimulatedProviderServer.StartAsync(new SimulatedProviderOptions(), default);
        await using var gate = await InProcessGateway.StartAsync(
            new GatewayOptions
            {
                Routing = InProcessGateway.RoutingTo(provider.BaseAddress),
                RequestMemoryBytes = 256_000_000,
            }
        );

        var answers = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => SendLargeAsync(gate)));

        // Each caller got its answer, a refusal, or a connection closed on a body that nobody would read.
        answers.ShouldAllBe(status =>
            status == null
            || status == HttpStatusCode.OK
            || status == HttpStatusCode.BadRequest
            || status == HttpStatusCode.ServiceUnavailable
        );
        answers.ShouldContain(HttpStatusCode.ServiceUnavailable);
        (await gate.ReadMetricsAsync()).ShouldContain("tollgate_request_memory_bytes 0");
        using var next = await gate.ChatAsync("input=1 output=1");
        next.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<HttpStatusCode?> SendLargeAsync(InProcessGateway gate)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = new LargeContent(),
        };
        request.Headers.ExpectContinue = true;
        try
        {
            using var answer = await gate.Client.SendAsync(request);
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>A valid request of 100 MB that takes no memory at the sender.</summary>
    private sealed class LargeContent : HttpContent
    {
        private static readonly byte[] Head =
            "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\""u8.ToArray();
        private static readonly byte[] Tail = "\"}]}"u8.ToArray();
        private static readonly byte[] Filler = [.. Enumerable.Repeat((byte)'x', 1_000_000)];

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(Head);
            for (var rest = BodyLength - Head.Length - Tail.Length; rest > 0; rest -= Filler.Length)
                await stream.WriteAsync(Filler.AsMemory(0, (int)Math.Min(rest, Filler.Length)));
            await stream.WriteAsync(Tail);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = BodyLength;
            return true;
        }
    }
}
