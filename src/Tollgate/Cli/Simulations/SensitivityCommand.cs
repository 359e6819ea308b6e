using System.CommandLine;
using System.Globalization;
using Tollgate.Analytics.Simulation.Questions;
using Tollgate.Charts;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;
using Tollgate.Operations.Simulations;

namespace Tollgate.Cli.Simulations;

/// <summary><c>tollgate simulate sensitivity</c>: shows how the scenario's numbers affect the charges.</summary>
internal sealed class SensitivityCommand(TimeProvider time)
{
    private readonly ScenarioOptions _scenario = new(time);
    private readonly Option<string> _format = ReportFormat.Option();
    private readonly Option<string[]> _vary = new("--vary")
    {
        Description =
            "A number and its values: workload.volume=0.5,1,2 or plans[team].fee=0..40:9. May be given once or twice.",
        HelpName = "PATH=VALUES",
    };
    private readonly Option<string?> _plan = new("--plan")
    {
        Description = "The plan of the tornado, without --vary; default: the baseline.",
        HelpName = "NAME",
    };
    private readonly Option<decimal?> _by = CommonOptions.Number(
        "--by",
        "The share by which the tornado changes each number in both directions; 0.2 is 20 %.",
        "SHARE",
        0.0001m,
        1
    );
    private readonly Option<string?> _plot = new("--plot")
    {
        Description = "Draw the tornado to this file.",
        HelpName = "FILE.svg",
    };
    private readonly Option<string?> _html = new("--html")
    {
        Description = "Write a self-contained page with the numbers and the tornado.",
        HelpName = "FILE",
    };

    public Command Create()
    {
        var command = new Command(
            "sensitivity",
            "Vary numbers of a scenario: those of --vary, or by default each one by a share, widest swing first."
        );
        _scenario.AddTo(command);
        foreach (var option in (Option[])[_vary, _plan, _by, _format, _plot, _html])
            command.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_vary) is not { Length: > 0 })
                return;
            if ((result.GetResult(_plan) ?? result.GetResult(_by)) is not null)
                result.AddError("--plan and --by apply to the tornado and cannot be combined with --vary.");
            if ((result.GetValue(_plot) ?? result.GetValue(_html)) is not null)
                result.AddError("--plot and --html draw the tornado and cannot be combined with --vary.");
        });
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var workspace = _scenario.Open(parsed);
        var input = await new SimulationOperations(workspace).ReadAsync(_scenario.Read(parsed), cancellationToken);
        if (parsed.GetValue(_vary) is not { Length: > 0 } varied)
            return await TornadoAsync(parsed, input, cancellationToken);
        SensitivityAxis[] axes = [.. varied.Select(AxisParser.Parse)];
        var result = await _scenario.RunAsync(
            parsed,
            input,
            (scenario, run, _) => SimulationOperations.Vary(scenario, axes, run, cancellationToken)
        );
        var part = new PartialResult(result.Points.Count, result.Total, "points");
        part.Print(
            ReportRows.Points(result.Axes, result.Points),
            parsed.InvocationConfiguration.Output,
            parsed.GetRequiredValue(_format),
            "Charges in USD per month"
        );
        return await part.ReportAsync(parsed.InvocationConfiguration.Error);
    }

    private async Task<int> TornadoAsync(ParseResult parsed, SimulationInput input, CancellationToken cancellationToken)
    {
        var share = (double)(parsed.GetValue(_by) ?? 0.2m);
        var result = await _scenario.RunAsync(
            parsed,
            input,
            (scenario, run, _) =>
                SimulationOperations.Tornado(scenario, parsed.GetValue(_plan), share, run, cancellationToken)
        );
        var part = new PartialResult(result.Bars.Count, result.Total, "numbers");
        part.Print(
            ReportRows.Tornado(result.Bars),
            parsed.InvocationConfiguration.Output,
            parsed.GetRequiredValue(_format),
            $"Effects on {result.Plan}, in USD per month"
        );
        foreach (var line in result.Skipped)
            await parsed.InvocationConfiguration.Error.WriteLineAsync(line);
        var chart = new TornadoChart(
            FormattableString.Invariant(
                $"Mean charge of {result.Plan} in USD per month, each number {share:P0} lower and higher"
            ),
            [.. result.Bars.Where(static bar => bar.Swing > 0)]
        );
        if (parsed.GetValue(_plot) is { } plot)
            await File.WriteAllTextAsync(plot, chart.ToSvg(), CancellationToken.None);
        if (parsed.GetValue(_html) is { } html)
            await File.WriteAllTextAsync(html, Page(result.Plan, chart, result.Bars), CancellationToken.None);
        return await part.ReportAsync(parsed.InvocationConfiguration.Error);
    }

    private static string Page(string plan, TornadoChart chart, IReadOnlyList<TornadoBar> bars)
    {
        var page = new HtmlPage("Sensitivity");
        page.AddLead(
            string.Create(
                CultureInfo.InvariantCulture,
                $"How the scenario's numbers affect the mean charge of {plan}, which is ${bars[0].Mean:N2} per month. "
                    + $"Everything else is unchanged, on the same draws."
            )
        );
        page.AddPicture(chart.ToSvg());
        var rows = ReportRows.Tornado(bars);
        var places = Enumerable.Range(0, rows.Titles.Count).Where(place => rows.Titles[place] != "mean").ToArray();
        page.AddTable(
            places.Select(place => rows.Titles[place].Replace('_', ' ')),
            rows.Rows.Select(row => places.Select(place => ResultTable.VisibleColumns(row[place], rows.IsRounded)))
        );
        return page.ToString();
    }
}
