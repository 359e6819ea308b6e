using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Tollgate.SimulatedProvider;
using Tollgate.SimulatedProvider.Scripting;
using Tollgate.Testing;
using Tollgate.Testing.Gateways;

namespace Tollgate.Tests.Operations;

/// <summary>What a collector gets of a running gate.</summary>
[Trait("Needs", "Process")]
public class OpenTelemetryTests
{
    [Fact]
    public async Task A_collector_gets_traces_and_metrics_and_neither_prompts_nor_keys()
    {
        var received = new ConcurrentDictionary<string, string>();
        await using var collector = await CollectAsync(received);
        await using var provider = await SimulatedProviderServer.StartAsync(new SimulatedProviderOptions(), default);
        using var folder = new TemporaryFolder();
        using (
            var gate = GatewayProcess.Serve(
                folder.Path,
                ("OPENAI_API_KEY", "sk-provider-secret"),
                ("OPENAI_BASE_URL", $"{provider.BaseAddress}v1"),
                ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Urls.First()),
                ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
                ("OTEL_SERVICE_NAME", "gateways-of-a-test")
            )
        )
        {
            await CallAsync(await gate.Address, stream: false);
            await CallAsync(await gate.Address, stream: true);
            (await gate.TerminateAsync()).ShouldBe(0, gate.Output.ToString());
            gate.Output.ToString().ShouldNotContain("secret");
        }

        received.Keys.Order().ShouldBe(["/v1/metrics", "/v1/traces"]);
        received["/v1/metrics"]
            .ShouldSatisfyAllConditions(
                metrics => metrics.ShouldContain("gen_ai.client.token.usage"),
                metrics => metrics.ShouldContain("gen_ai.client.operation.duration"),
                metrics => metrics.ShouldContain("gen_ai.server.time_to_first_token"),
                metrics => metrics.ShouldContain("tollgate.cost"),
                metrics => metrics.ShouldContain("http.server.request.duration"),
                metrics => metrics.ShouldContain("http.client.request.duration"),
                metrics => metrics.ShouldContain("dotnet.gc.collections"),
                metrics => metrics.ShouldContain("gateways-of-a-test"),
                metrics => metrics.ShouldContain("gpt-4o")
            );
        received["/v1/traces"]
            .ShouldSatisfyAllConditions(
                traces => traces.ShouldContain("gen_ai.request.model"),
                traces => traces.ShouldContain("gen_ai.usage.input_tokens"),
                traces => traces.ShouldContain("chat gpt-4o"),
                traces => traces.ShouldContain("gateways-of-a-test")
            );
        string.Concat(received.Values).ShouldNotContain("secret");
    }

    private static async Task CallAsync(Uri gate, bool stream)
    {
        using var client = new GatewayClient(gate);
        const string messages = """[{"role":"user","content":"a secret prompt [[sim input=10 output=5]]"}]""";
        using var answer = await client.PostJsonAsync(
            "/v1/chat/completions?key=secret-in-a-query",
            $$"""{"model":"gpt-4o","stream":{{(stream ? "true" : "false")}},"messages":{{messages}}}""",
            ("Authorization", "Bearer callers-secret")
        );
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        await answer.Content.ReadAsByteArrayAsync();
    }

    /// <summary>A collector that keeps what it gets, by path. Names stand in protobuf as they are.</summary>
    private static async Task<WebApplication> CollectAsync(ConcurrentDictionary<string, string> received)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(async http =>
        {
            using var body = new StreamReader(http.Request.Body, Encoding.Latin1);
            var text = await body.ReadToEndAsync();
            received.AddOrUpdate(http.Request.Path, text, (_, earlier) => earlier + text);
        });
        await app.StartAsync();
        return app;
    }
}
