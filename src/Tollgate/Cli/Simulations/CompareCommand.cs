using System.CommandLine;
using Tollgate.Operations.Simulations;

namespace Tollgate.Cli.Simulations;

/// <summary><c>tollgate simulate compare</c>: compares plans with the baseline, trial by trial.</summary>
internal sealed class CompareCommand(TimeProvider time)
{
    private readonly ScenarioOptions _scenario = new(time);
    private readonly Option<string> _format = ReportFormat.Option();
    private readonly Option<bool> _breakEven = new("--break-even")
    {
        Description = "Instead, find the volumes at which each plan charges the same as the baseline.",
    };

    public Command Create()
    {
        var command = new Command(
            "compare",
            "Compare every plan with the baseline on the same draws. SCENARIO may also be the id of a saved result."
        );
        _scenario.AddTo(command);
        command.Add(_format);
        command.Add(_breakEven);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var workspace = _scenario.Open(parsed);
        var simulations = new SimulationOperations(workspace);
        if (parsed.GetValue(_breakEven))
            return await BreakEvenAsync(parsed, simulations, cancellationToken);
        var result =
            _scenario.FindSaved(parsed, simulations)
            ?? await SimulationRun.RunAsync(parsed, _scenario, simulations, cancellationToken);
        ReportRows
            .Comparisons(result.Report)
            .Print(
                parsed.InvocationConfiguration.Output,
                parsed.GetRequiredValue(_format),
                $"Compared with {result.Report.Baseline}"
            );
        return SimulationRun.ExitCode(result);
    }

    private async Task<int> BreakEvenAsync(
        ParseResult parsed,
        SimulationOperations simulations,
        CancellationToken cancellationToken
    )
    {
        var input = await simulations.ReadAsync(_scenario.Read(parsed), cancellationToken);
        var result = await _scenario.RunAsync(
            parsed,
            input,
            (scenario, run, progress) =>
                SimulationOperations.FindBreakEven(
                    scenario,
                    run,
                    (place, plans) => progress?.Label = $"{place + 1}/{plans} ",
                    cancellationToken
                )
        );
        var part = new PartialResult(result.Completed, result.Total, "plans");
        part.Print(
            ReportRows.Crossings(result.Searches.SelectMany(static search => search.Points)),
            parsed.InvocationConfiguration.Output,
            parsed.GetRequiredValue(_format),
            $"Break-even with {result.Baseline}"
        );
        await ExplainAsync(parsed.InvocationConfiguration.Error, result);
        return await part.ReportAsync(parsed.InvocationConfiguration.Error);
    }

    /// <summary>Reports which plans never cross the baseline, and where a cancellation ended the search.</summary>
    private static async Task ExplainAsync(TextWriter error, BreakEvenResult result)
    {
        foreach (var search in result.Searches.Where(static search => search.IsComplete && search.Points.Count == 0))
            await error.WriteLineAsync(
                $"'{search.Plan}' does not cross '{result.Baseline}' between "
                    + "1/1000 and 1000 times the scenario's volume."
            );
        if (result.Searches.FirstOrDefault(static search => !search.IsComplete) is { } cut)
            await error.WriteLineAsync(
                FormattableString.Invariant(
                    $"'{cut.Plan}' was compared only up to {cut.SearchedTo:G3} times the scenario's volume."
                )
            );
    }
}
