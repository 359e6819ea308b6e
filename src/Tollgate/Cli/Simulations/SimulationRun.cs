using System.CommandLine;
using Tollgate.Cli.Parsing;
using Tollgate.Operations.Simulations;
using Tollgate.Operations.Simulations.Results;

namespace Tollgate.Cli.Simulations;

/// <summary>A run with progress on the terminal; a cancellation ends it with a partial result.</summary>
internal static class SimulationRun
{
    /// <summary>Returns the result; reports an incomplete one.</summary>
    /// <exception cref="InvalidDataException">It was canceled before there was any result.</exception>
    public static async Task<SavedResult> RunAsync(
        ParseResult parsed,
        ScenarioOptions options,
        SimulationOperations simulations,
        CancellationToken cancellationToken
    )
    {
        var input = await simulations.ReadAsync(options.Read(parsed), cancellationToken);
        var result = await options.RunAsync(
            parsed,
            input,
            (scenario, run, _) => SimulationOperations.Run(scenario, run, cancellationToken)
        );
        var error = parsed.InvocationConfiguration.Error;
        foreach (var note in result.Notes)
            await error.WriteLineAsync(note);
        if (!result.Report.IsComplete)
            await Cancellation.ReportAsync(error, result.Report.Trials, input.Scenario.Trials, "trials");
        return result;
    }

    /// <summary>The exit code of a result.</summary>
    public static int ExitCode(SavedResult result) => result.Report.IsComplete ? ExitCodes.Success : ExitCodes.Failed;
}
