using System.Diagnostics;
using System.Text.Json;
using Tollgate.Testing.Gateways;

namespace Tollgate.Tests.Clients;

/// <summary>The official npm clients, unchanged but for base URL and key.</summary>
[Trait("Needs", "Npm")]
public sealed class NpmClientTests(ProgramGateway gate) : IClassFixture<ProgramGateway>
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "clients");

    [Theory]
    [InlineData("openai", 11)]
    [InlineData("anthropic", 8)]
    [InlineData("gemini", 8)]
    public async Task Pass_every_case_of_the_matrix(string client, int cases)
    {
        var start = new ProcessStartInfo(
            "node",
            [Path.Combine(Folder, $"{client}.mjs"), gate.Address.ToString().TrimEnd('/'), "any-key"]
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var node = Process.Start(start)!;
        var errors = node.StandardError.ReadToEndAsync();
        var lines = (await node.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        lines
            .Where(line => !JsonDocument.Parse(line).RootElement.GetProperty("ok").GetBoolean())
            .ShouldBeEmpty(await errors);
        lines.Length.ShouldBe(cases, await errors);
    }
}
