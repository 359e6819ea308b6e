using System.CommandLine;
using Tollgate.Cli.Parsing;
using Tollgate.SimulatedProvider;
using Tollgate.SimulatedProvider.Scripting;

namespace Tollgate.Cli.Serving;

/// <summary><c>tollgate upstream</c>: the simulated provider as a process of its own.</summary>
internal static class UpstreamCommand
{
    public static Command Create()
    {
        var url = new Option<string>("--url")
        {
            Description = "Where to listen; loopback only.",
            DefaultValueFactory = _ => "http://127.0.0.1:8090",
        };
        var http2 = new Option<string?>("--http2-url")
        {
            Description = "A second address that speaks HTTP/2 without TLS.",
        };
        var latency = new Option<double>("--latency-ms") { Description = "Milliseconds before each answer." };
        var rate = new Option<int>("--tokens-per-second")
        {
            Description = "How fast streams are sent; 0 is as fast as they are read.",
        };
        var totals = new Option<bool>("--totals-only") { Description = "Keep the bill's totals only, not its calls." };
        var command = new Command(
            "upstream",
            "Run the simulated provider: OpenAI, Anthropic and Gemini, scripted by the prompt, with a bill of its own."
        )
        {
            url,
            http2,
            latency,
            rate,
            totals,
        };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var options = new SimulatedProviderOptions
                {
                    ListenUrl = new Uri(parsed.GetValue(url)!),
                    Http2ListenUrl = parsed.GetValue(http2) is { } h2c ? new Uri(h2c) : null,
                    Latency = TimeSpan.FromMilliseconds(parsed.GetValue(latency)),
                    TokensPerSecond = parsed.GetValue(rate),
                };
                if (parsed.GetValue(totals))
                    options = options with { ListedCalls = 0 };
                await using var server = await SimulatedProviderServer.StartAsync(options, cancellation);
                Console.WriteLine(
                    $"Simulated provider on {server.BaseAddress}; its bill is at {server.BaseAddress}bill. Stop it "
                        + $"with Ctrl-C."
                );
                await Shutdown.WaitAsync(cancellation);
                return ExitCodes.Done;
            }
        );
        return command;
    }
}
