using System.CommandLine;
using Tollgate.Operations.Simulations.Results;

namespace Tollgate.Cli.Simulations;

/// <summary>The options for the output files and format of a report.</summary>
internal sealed class ReportOutput
{
    private static readonly int[] DefaultPercentiles = [50, 90, 95, 99];
    private readonly Option<string> _format = ReportFormat.Option();
    private readonly Option<string?> _plot = new("--plot")
    {
        Description = "Draw the plans' charges and the comparison to this file.",
        HelpName = "FILE.svg",
    };
    private readonly Option<string?> _html = new("--html")
    {
        Description = "Write a self-contained page with everything.",
        HelpName = "FILE",
    };
    private readonly Option<int[]> _percentiles = new("--percentiles")
    {
        Description = "The percentiles to print, from 1 to 99; JSON always contains all.",
        HelpName = "P …",
        AllowMultipleArgumentsPerToken = true,
    };

    public ReportOutput() =>
        _percentiles.Validators.Add(static result =>
        {
            foreach (var token in result.Tokens)
                if (!int.TryParse(token.Value, out var percentile) || percentile is < 1 or > 99)
                    result.AddError($"--percentiles must be whole numbers from 1 to 99, not '{token.Value}'.");
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
        var percentiles = parsed.GetValue(_percentiles) is { Length: > 0 } asked ? asked : DefaultPercentiles;
        if (Format(parsed) == "json")
            output.WriteLine(result.ToJson());
        else
            ReportRows
                .Plans(result.Report, percentiles)
                .Print(output, Format(parsed), "Charges by plan, in USD per month");
        if (Format(parsed) == "markdown" && result.Report.Comparisons.Count > 0)
            ReportRows.Comparisons(result.Report).Print(output, "markdown", $"Compared with {result.Report.Baseline}");
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
