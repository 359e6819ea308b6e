using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Tollgate.Accounting.Usage;

namespace Tollgate.Api.Tests.Compatibility;

/// <summary>The official npm client of OpenAI pages through the reports.</summary>
[Trait("Needs", "Npm")]
public sealed class OpenAIClientTests(LedgerHost ledger) : IClassFixture<LedgerHost>
{
    [Fact]
    public async Task Reads_usage_and_costs_of_the_ledger_page_by_page()
    {
        var token = await ledger.CreateServiceTokenAsync("client", "usage:read");
        var start = new ProcessStartInfo("node", [FindScript(), ledger.Host.Address.ToString().TrimEnd('/'), token])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var node = Process.Start(start)!;
        var errors = node.StandardError.ReadToEndAsync();
        var output = await node.StandardOutput.ReadToEndAsync();
        output.ShouldNotBeEmpty(await errors);

        using var read = JsonDocument.Parse(output);
        var totals = await ledger.Host.Ledger.Query.TotalsAsync(UsagePeriod.All);
        read.RootElement.GetProperty("calls").GetInt64().ShouldBe(totals.Calls);
        read.RootElement.GetProperty("tokens").GetInt64().ShouldBe(totals.Usage.TotalTokens);
        // JavaScript adds binary fractions.
        read.RootElement.GetProperty("cost").GetDouble().ShouldBe((double)totals.Cost.Usd, 1e-9);
        read.RootElement.GetProperty("buckets").GetInt32().ShouldBe(21);
    }

    private static string FindScript([CallerFilePath] string source = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source)!, "../../clients/organization.mjs"));
}
