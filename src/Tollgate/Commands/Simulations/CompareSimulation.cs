using System.CommandLine;
using Tollgate.Analytics.Simulation.Questions;

namespace Tollgate.Commands.Simulations;

/// <summary><c>tollgate simulate compare</c>: plans beside the baseline, trial by trial.</summary>
internal sealed class CompareSimulation(TimeProvider time)
{
    private readonly ScenarioOptions _scenario = new(time);
    private readonly Option<string> _format = ReportFormat.Option();
    private readonly Option<bool> _breakEven = new("--break-even") { Description = "Find the volumes at which each plan charges the same as the baseline, instead." };

    public Command Create()
    {
        var command = new Command("compare", "Compare every plan with the baseline on the same draws. SCENARIO may also be the id of a saved result.");
        _scenario.AddTo(command);
        command.Add(_format);
        command.Add(_breakEven);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        if (parsed.GetValue(_breakEven)) return await BreakEvenAsync(parsed, stop);
        var result = (_scenario.Name(parsed) is { } name ? _scenario.Results(parsed).Find(name) : null) ?? await SimulationRun.RunAsync(parsed, _scenario, time, stop);
        ReportRows.Comparisons(result.Report).Print(parsed.InvocationConfiguration.Output, parsed.GetValue(_format)!, $"Beside {result.Report.Baseline}");
        return SimulationRun.ExitCode(result);
    }

    private async Task<int> BreakEvenAsync(ParseResult parsed, CancellationToken stop)
    {
        var (scenario, _) = await _scenario.ReadAsync(parsed, stop);
        var baseline = scenario.Baseline ?? scenario.Plans[0].Name;
        var points = await Task.Run(() => scenario.Plans.Where(plan => plan.Name != baseline)
            .SelectMany(plan => BreakEven.Find(scenario, plan.Name, baseline, _scenario.Run(parsed), stop)).ToList(), stop);
        ReportRows.Crossings(points).Print(parsed.InvocationConfiguration.Output, parsed.GetValue(_format)!, $"Break-even with {baseline}");
        if (points.Count == 0) await parsed.InvocationConfiguration.Error.WriteLineAsync($"No plan crosses '{baseline}' between 1/1000 and 1000 times the scenario's volume.");
        return ExitCodes.Done;
    }
}
