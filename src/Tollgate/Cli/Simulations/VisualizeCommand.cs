using System.CommandLine;
using Tollgate.Cli.Parsing;
using Tollgate.Configuration.Locations;
using Tollgate.Operations.Simulations.Scenarios;

namespace Tollgate.Cli.Simulations;

/// <summary><c>tollgate visualize</c>: draws a result as a page and as a chart.</summary>
internal static class VisualizeCommand
{
    public static Command Create(TimeProvider time)
    {
        var name = new Argument<string>("RESULT")
        {
            Description = "A file from 'simulate run --format json', or the id of a saved result.",
        };
        var data = CommonOptions.Data();
        var html = new Option<string?>("--html")
        {
            Description = "Write a self-contained page with everything.",
            HelpName = "FILE",
        };
        var plot = new Option<string?>("--plot")
        {
            Description = "Draw the plans' charges and the comparison to this file.",
            HelpName = "FILE.svg",
        };
        var command = new Command("visualize", "Draw the result of a simulation.") { name, html, plot, data };
        command.Validators.Add(result =>
        {
            if ((result.GetValue(html) ?? result.GetValue(plot)) is null)
                result.AddError("Specify an output: --html FILE or --plot FILE.svg.");
        });
        command.SetAction(parsed =>
        {
            var asked = parsed.GetValue(name)!;
            var result =
                new ResultFolder(DataFolder.Resolve(parsed.GetValue(data)), time).Find(asked)
                ?? (
                    File.Exists(asked)
                        ? SavedResult.Parse(File.ReadAllText(asked), asked)
                        : throw new FileNotFoundException(
                            $"There is no file and no saved result '{asked}'. 'tollgate simulate list' shows the "
                                + $"saved results."
                        )
                );
            var charts = new SimulationCharts(result);
            if (parsed.GetValue(html) is { } page)
                File.WriteAllText(page, charts.Page());
            if (parsed.GetValue(plot) is { } picture)
                File.WriteAllText(picture, charts.Plot());
            return ExitCodes.Success;
        });
        return command;
    }
}
