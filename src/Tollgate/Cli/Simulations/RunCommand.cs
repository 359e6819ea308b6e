using System.CommandLine;
using Tollgate.Operations.Simulations;

namespace Tollgate.Cli.Simulations;

/// <summary><c>tollgate simulate run</c>: the charges of every plan.</summary>
internal sealed class RunCommand(TimeProvider time)
{
    private readonly ScenarioOptions _scenario = new(time);
    private readonly ReportOutput _output = new();
    private readonly Option<bool> _save = new("--save")
    {
        Description = "Keep the result under an id in the data folder.",
    };

    public Command Create()
    {
        var command = new Command("run", "Simulate a scenario and show what each plan charges in a month.");
        _scenario.AddTo(command);
        _output.AddTo(command);
        command.Add(_save);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var workspace = _scenario.Open(parsed);
        var simulations = new SimulationOperations(workspace);
        var result = await SimulationRun.RunAsync(parsed, _scenario, simulations, cancellationToken);
        if (parsed.GetValue(_save))
        {
            result = simulations.Save(result);
            await parsed.InvocationConfiguration.Error.WriteLineAsync($"Saved as {result.Id}.");
        }

        _output.Write(parsed, result);
        return SimulationRun.ExitCode(result);
    }
}
