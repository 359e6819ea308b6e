using System.CommandLine;
using Tollgate.Cli.Parsing;
using Tollgate.SimulatedProvider;
using Tollgate.SimulatedProvider.Scripting;

namespace Tollgate.Cli.Serving;

/// <summary><c>tollgate upstream</c>: runs the simulated provider in its own process.</summary>
internal static class UpstreamCommand
{
    public static Command Create()
    {
        var url = new Option<string>("--url")
        {
            Description = "The URL to listen on; loopback only.",
            DefaultValueFactory = _ => "http://127.0.0.1:8090",
        };
        var http2 = new Option<string?>("--http2-url") { Description = "A second URL, serving HTTP/2 without TLS." };
        var latency = new Option<double>("--latency-ms")
        {
            Description = "The delay before each response, in milliseconds.",
        };
        var rate = new Option<int>("--tokens-per-second")
        {
            Description = "The speed of streams; 0 means as fast as they are read.",
        };
        var totals = new Option<bool>("--totals-only") { Description = "Keep only the bill's totals, not its calls." };
        var command = new Command(
            "upstream",
            "Run the simulated provider: OpenAI, Anthropic and Gemini, scripted by the prompt, with its own bill."
        )
        {
            url,
            http2,
            latency,
            rate,
            totals,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
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
                await using var server = await SimulatedProviderServer.StartAsync(options, cancellationToken);
                Console.WriteLine(
                    $"Simulated provider on {server.BaseAddress}; its bill is at {server.BaseAddress}bill. "
                        + "Stop it with Ctrl-C."
                );
                await Shutdown.WaitAsync(cancellationToken);
                return ExitCodes.Success;
            }
        );
        return command;
    }
}
