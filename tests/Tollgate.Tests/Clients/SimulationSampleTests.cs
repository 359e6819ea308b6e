using System.Diagnostics;
using Tollgate.Cli.Usage;
using Tollgate.Testing;
using Tollgate.Testing.Gateways;

namespace Tollgate.Tests.Clients;

/// <summary>The samples of simulation, as their README runs them.</summary>
[Trait("Needs", "Process")]
public sealed class SimulationSampleTests : IDisposable
{
    private static readonly string Samples = Path.Combine(Repository.Root, "samples", "simulation");
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_plan_of_ones_own_is_simulated_compared_and_varied()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var (exitCode, output) = await RunAsync(
            "dotnet",
            Path.Combine(Samples, "own-plan", "bin", configuration, "net10.0", "OwnPlan.dll")
        );

        exitCode.ShouldBe(0, output);
        output.ShouldContain("capped: mean $");
        output.ShouldContain("break-even at ");
        output.ShouldContain("plans[capped].cap from 16 to 24: $");
    }

    [Fact]
    public async Task The_walk_from_a_first_simulation_to_ones_own_ledger_runs()
    {
        (
            await CommandRun.RunAsync(
                TrackCommand.Create(TimeProvider.System),
                "--username",
                "ann",
                "--model",
                "gpt-4o",
                "--provider",
                "openai",
                "--prompt-tokens",
                "1000000",
                "--completion-tokens",
                "1000",
                "--timestamp",
                "2026-09-01T10:00:00Z",
                "--data",
                _folder.Path
            )
        ).ExitCode.ShouldBe(0);

        var (exitCode, output) = await RunAsync("bash", Path.Combine(Samples, "simulate.sh"));

        exitCode.ShouldBe(0, output);
        output.ShouldContain("Recommended: ");
        output.ShouldContain("(all)\t\t1\t1001000\t2.51\t0.1506\t-2.3594\t0");
        output.ShouldContain("seats\t2026-09\t\t1\t1001000\t2.51\t");
    }

    private async Task<(int ExitCode, string Output)> RunAsync(string program, string argument)
    {
        var start = new ProcessStartInfo(program, [argument])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder.Path,
        };
        start.Environment["TOLLGATE"] = string.Join(' ', ProgramUnderTest.Command);
        start.Environment["TOLLGATE_HOME"] = _folder.Path;
        start.Environment.Remove("DATABASE_URL");
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await errors);
    }
}
