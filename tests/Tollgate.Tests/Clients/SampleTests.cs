using System.Diagnostics;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Usage;
using Tollgate.Testing;
using Tollgate.Testing.Gateways;

namespace Tollgate.Tests.Clients;

/// <summary>
/// The samples, as their README runs them. One whose client library cannot be had here is left to its reader.
/// </summary>
[Trait("Needs", "Process")]
public sealed class SampleTests(ProgramGateway gate) : IClassFixture<ProgramGateway>
{
    private static readonly string Samples = Path.Combine(Repository.Root, "samples");

    [Theory]
    [InlineData(3, "bash", "curl/calls.sh")]
    [InlineData(1, "python3", "python/plain_http.py")]
    public async Task Run_against_the_gateway(int calls, string runtime, string file)
    {
        var before = await BookedAsync();

        var (exitCode, output) = await RunAsync(runtime, Path.Combine(Samples, file));

        exitCode.ShouldBe(0, output);
        (await BookedAsync() - before).ShouldBe(calls, output);
    }

    [Fact]
    public async Task Run_with_the_npm_clients_that_the_matrix_has_installed()
    {
        // Node looks for packages beside the script, so the script is run from where they are.
        var copy = Path.Combine(Repository.Root, "tests", "clients", "node_modules", ".sample.mjs");
        File.Copy(Path.Combine(Samples, "javascript", "clients.mjs"), copy, overwrite: true);

        var (exitCode, output) = await RunAsync("node", copy);

        exitCode.ShouldBe(0, output);
        output.ShouldContain("gemini:");
    }

    [Fact]
    public async Task Run_with_the_dotnet_clients()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var (exitCode, output) = await RunAsync(
            "dotnet",
            Path.Combine(Samples, "csharp", "bin", configuration, "net10.0", "Tollgate.Samples.dll")
        );

        exitCode.ShouldBe(0, output);
        output.ShouldContain("output tokens");
    }

    [Fact]
    public async Task Run_with_a_ledger_of_its_own()
    {
        using var folder = new TemporaryFolder();
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var (exitCode, output) = await RunAsync(
            "dotnet",
            Path.Combine(Samples, "accounting-host", "bin", configuration, "net10.0", "AccountingHost.dll"),
            folder.Path
        );

        exitCode.ShouldBe(0, output);
        output.ShouldContain("1 calls, 0.0");
        var options = new LedgerOptions { DataFolder = folder.Path };
        (await UsageLedger.OpenReadOnly(options).TailAsync(9))
            .ShouldHaveSingleItem()
            .Attribution.Application.ShouldBe("sample");
    }

    private async Task<long> BookedAsync() => (await gate.Ledger.Query.TotalsAsync(UsagePeriod.All)).Calls;

    private async Task<(int ExitCode, string Output)> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["TOLLGATE_URL"] = gate.Address.ToString().TrimEnd('/');
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await errors);
    }
}
