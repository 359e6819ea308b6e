using System.CommandLine;
using Tollgate.Cli.Parsing;
using Tollgate.Operations.Simulations;
using Tollgate.Operations.Simulations.Results;

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
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                await using var workspace = parsed.OpenWorkspace(data, time);
                var named = parsed.GetRequiredValue(name);
                var result =
                    new SimulationOperations(workspace).Find(named) ?? await ReadAsync(named, cancellationToken);
                var charts = new SimulationCharts(result);
                if (parsed.GetValue(html) is { } page)
                    await File.WriteAllTextAsync(page, charts.Page(), cancellationToken);
                if (parsed.GetValue(plot) is { } picture)
                    await File.WriteAllTextAsync(picture, charts.Plot(), cancellationToken);
                return ExitCodes.Success;
            }
        );
        return command;
    }

    private static async Task<SavedResult> ReadAsync(string path, CancellationToken cancellationToken) =>
        File.Exists(path)
            ? SavedResult.Parse(await File.ReadAllTextAsync(path, cancellationToken), path)
            : throw new FileNotFoundException(
                $"There is no file and no saved result '{path}'. 'tollgate simulate list' shows the saved results."
            );
}
