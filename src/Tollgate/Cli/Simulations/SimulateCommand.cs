using System.CommandLine;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;
using Tollgate.Operations.Simulations;
using Tollgate.Operations.Simulations.Scenarios;

namespace Tollgate.Cli.Simulations;

/// <summary><c>tollgate simulate</c>: simulates months of usage, charged under every plan.</summary>
internal static class SimulateCommand
{
    public static Command Create(TimeProvider time) =>
        new("simulate", "Simulate months of usage, charge them under pricing plans, and compare.")
        {
            new RunCommand(time).Create(),
            new CompareCommand(time).Create(),
            new SensitivityCommand(time).Create(),
            Example(),
            List(time),
        };

    private static Command Example()
    {
        var command = new Command("example", "Print an example scenario with comments.");
        command.SetAction(static parsed =>
        {
            parsed.InvocationConfiguration.Output.WriteLine(ExampleScenario.Text);
            return ExitCodes.Success;
        });
        return command;
    }

    private static Command List(TimeProvider time)
    {
        var (data, format) = (CommonOptions.Data(), CommonOptions.Format());
        var command = new Command("list", "List saved results, newest first.") { data, format };
        command.SetAction(
            async (parsed, _) =>
            {
                await using var workspace = parsed.OpenWorkspace(data, time);
                var results = new SimulationOperations(workspace).List();
                new ResultTable(
                    ["id", "saved_at", "source", "plans", "trials", "seed", "complete"],
                    results.Select(static result =>
                        (object?[])
                            [
                                result.Id,
                                result.SavedAt,
                                result.Source,
                                result.Report.Plans.Count,
                                result.Report.Trials,
                                (decimal)result.Report.Seed,
                                result.Report.IsComplete,
                            ]
                    )
                ).Print(parsed.InvocationConfiguration.Output, parsed.GetRequiredValue(format));
                return ExitCodes.Success;
            }
        );
        return command;
    }
}
