using System.CommandLine;
using Tollgate.Analytics.Simulation;
using Tollgate.Cli.Parsing;
using Tollgate.Operations.Simulations.Scenarios;

namespace Tollgate.Cli.Simulations;

/// <summary>A run with progress on the terminal; a cancellation ends it with a partial result.</summary>
internal static class SimulationRun
{
    /// <summary>Returns the report as a result, and whether it is complete; reports an incomplete one.</summary>
    /// <exception cref="InvalidDataException">It was canceled before there was any result.</exception>
    public static async Task<SavedResult> RunAsync(
        ParseResult parsed,
        ScenarioOptions options,
        TimeProvider time,
        CancellationToken stop
    )
    {
        var (scenario, notes) = await options.ReadAsync(parsed, stop);
        using var progress = SimulationProgressLine.Start(time);
        var report = await Cancellation.RunAsync(() =>
            PlanSimulation.Run(scenario, options.Run(parsed, progress), stop)
        );
        progress?.Dispose();
        var error = parsed.InvocationConfiguration.Error;
        foreach (var note in notes)
            await error.WriteLineAsync(note);
        if (!report.IsComplete)
            await Cancellation.ReportAsync(error, report.Trials, scenario.Trials, "trials");
        return new SavedResult(null, null, options.Name(parsed) ?? "collected usage", notes, report);
    }

    /// <summary>The exit code of a result.</summary>
    public static int ExitCode(SavedResult result) => result.Report.IsComplete ? ExitCodes.Success : ExitCodes.Failed;
}
