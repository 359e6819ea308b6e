using System.CommandLine;
using Tollgate.Analytics.Simulation;
using Tollgate.Analytics.Simulation.Questions;

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

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        if (parsed.GetValue(_breakEven))
            return await BreakEvenAsync(parsed, stop);
        var result =
            (_scenario.Name(parsed) is { } name ? _scenario.Results(parsed).Find(name) : null)
            ?? await SimulationRun.RunAsync(parsed, _scenario, time, stop);
        ReportRows
            .Comparisons(result.Report)
            .Print(
                parsed.InvocationConfiguration.Output,
                parsed.GetValue(_format)!,
                $"Compared with {result.Report.Baseline}"
            );
        return SimulationRun.ExitCode(result);
    }

    private async Task<int> BreakEvenAsync(ParseResult parsed, CancellationToken stop)
    {
        var (scenario, _) = await _scenario.ReadAsync(parsed, stop);
        var baseline = scenario.Baseline ?? scenario.Plans[0].Name;
        string[] others = [.. scenario.Plans.Select(static plan => plan.Name).Where(name => name != baseline)];
        using var progress = SimulationProgressLine.Start(time);
        var options = _scenario.Run(parsed, progress);
        var searches = await Cancellation.RunAsync(() => Search(scenario, others, baseline, options, progress, stop));
        progress?.Dispose();
        BreakEvenPoint[] points = [.. searches.SelectMany(static search => search.Points)];
        var part = new PartialResult(searches.Count(static search => search.IsComplete), others.Length, "plans");
        part.Print(
            ReportRows.Crossings(points),
            parsed.InvocationConfiguration.Output,
            parsed.GetValue(_format)!,
            $"Break-even with {baseline}"
        );
        await ExplainAsync(parsed.InvocationConfiguration.Error, searches, baseline);
        return await part.ReportAsync(parsed.InvocationConfiguration.Error);
    }

    /// <summary>One search per plan; after a cancellation, those that were started.</summary>
    private static List<BreakEvenSearch> Search(
        Scenario scenario,
        string[] others,
        string baseline,
        SimulationOptions options,
        SimulationProgressLine? progress,
        CancellationToken stop
    )
    {
        var searches = new List<BreakEvenSearch>();
        foreach (var (place, other) in others.Index())
        {
            progress?.Label = $"{place + 1}/{others.Length} ";
            try
            {
                searches.Add(BreakEven.Find(scenario, other, baseline, options, stop));
            }
            catch (OperationCanceledException) when (searches.Count > 0)
            {
                break;
            }
        }

        return searches;
    }

    /// <summary>Reports which plans never cross the baseline, and where a cancellation ended the search.</summary>
    private static async Task ExplainAsync(TextWriter error, List<BreakEvenSearch> searches, string baseline)
    {
        foreach (var search in searches.Where(static search => search.IsComplete && search.Points.Count == 0))
            await error.WriteLineAsync(
                $"'{search.Plan}' does not cross '{baseline}' between 1/1000 and 1000 times the scenario's volume."
            );
        if (searches.Find(static search => !search.IsComplete) is { } cut)
            await error.WriteLineAsync(
                FormattableString.Invariant(
                    $"'{cut.Plan}' was compared only up to {cut.SearchedTo:G3} times the scenario's volume."
                )
            );
    }
}
