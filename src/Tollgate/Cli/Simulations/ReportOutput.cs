using System.CommandLine;
using Tollgate.Scenarios;

namespace Tollgate.Cli.Simulations;

/// <summary>The options that say where a report goes, and how it looks.</summary>
internal sealed class ReportOutput
{
    private static readonly int[] Usual = [50, 90, 95, 99];
    private readonly Option<string> _format = ReportFormat.Option();
    private readonly Option<string?> _plot = new("--plot")
    {
        Description = "Draw the plans' charges and the comparison.",
        HelpName = "FILE.svg",
    };
    private readonly Option<string?> _html = new("--html")
    {
        Description = "Write one page with everything in it.",
        HelpName = "FILE",
    };
    private readonly Option<int[]> _percentiles = new("--percentiles")
    {
        Description = "Percentiles that are printed, from 1 to 99; JSON always has all.",
        HelpName = "P …",
        AllowMultipleArgumentsPerToken = true,
    };

    public ReportOutput() =>
        _percentiles.Validators.Add(static result =>
        {
            foreach (var token in result.Tokens)
                if (!int.TryParse(token.Value, out var percentile) || percentile is < 1 or > 99)
                    result.AddError($"--percentiles takes whole numbers from 1 to 99, not '{token.Value}'.");
        });

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_format, _plot, _html, _percentiles])
            command.Add(option);
    }

    public string Format(ParseResult parsed) => parsed.GetValue(_format)!;

    public void Write(ParseResult parsed, SavedResult result)
    {
        var output = parsed.InvocationConfiguration.Output;
        var percentiles = parsed.GetValue(_percentiles) is { Length: > 0 } asked ? asked : Usual;
        if (Format(parsed) == "json")
            output.WriteLine(result.ToJson());
        else
            ReportRows
                .Plans(result.Report, percentiles)
                .Print(output, Format(parsed), "Charges by plan, in USD a month");
        if (Format(parsed) == "markdown" && result.Report.Comparisons.Count > 0)
            ReportRows.Comparisons(result.Report).Print(output, "markdown", $"Beside {result.Report.Baseline}");
        Draw(parsed, result);
    }

    /// <summary>Writes the pictures that were asked for; whether any was.</summary>
    public bool Draw(ParseResult parsed, SavedResult result)
    {
        if (parsed.GetValue(_plot) is { } plot)
            File.WriteAllText(plot, new SimulationCharts(result).Plot());
        if (parsed.GetValue(_html) is { } html)
            File.WriteAllText(html, new SimulationCharts(result).Page());
        return (parsed.GetValue(_plot) ?? parsed.GetValue(_html)) is not null;
    }
}
