using System.Diagnostics;
using System.Runtime.CompilerServices;
using Tollgate.Api.Tests.Jobs;

namespace Tollgate.Api.Tests.Clients;

/// <summary>The samples of simulations over HTTP, as their README runs them.</summary>
[Trait("Needs", "Process")]
public sealed class SimulationSampleTests(JobHost host) : IClassFixture<JobHost>
{
    [Fact]
    public async Task Runs_with_curl()
    {
        var output = await RunAsync("bash", Path.Combine(Samples(), "api.sh"));

        output.ShouldContain("\"success\":true");
        output.ShouldContain("\"recommended_mechanism\"");
        (await File.ReadAllTextAsync(Path.Combine(host.Host.DataFolder, "simulation.html"))).ShouldContain("<svg");
    }

    [Fact]
    public async Task Runs_with_python()
    {
        var output = await RunAsync("python3", Path.Combine(Samples(), "api_client.py"));

        output.ShouldContain("per_token: ");
        output.ShouldContain("recommended: ");
        output.ShouldContain("export: succeeded");
    }

    [Fact]
    public async Task Runs_with_the_typed_client()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var output = await RunAsync(
            "dotnet",
            Path.Combine(Samples(), "api-client", "bin", configuration, "net10.0", "ApiClient.dll")
        );

        output.ShouldContain("recommended: ");
        output.ShouldContain("export: Succeeded");
    }

    private async Task<string> RunAsync(string program, string file)
    {
        var start = new ProcessStartInfo(program, [file])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = host.Host.DataFolder,
        };
        start.Environment["TOLLGATE_URL"] = host.Host.Address.ToString().TrimEnd('/');
        start.Environment["TOLLGATE_TOKEN"] = host.Root;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, output + await errors);
        return output;
    }

    private static string Samples([CallerFilePath] string source = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source)!, "../../../samples/simulation"));
}
