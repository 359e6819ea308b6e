using System.CommandLine;
using Tollgate.Analytics.Flows.Analysis;
using Tollgate.Operations.Flows;

namespace Tollgate.Cli.Flows;

/// <summary>The options for the output files and format.</summary>
internal sealed class FlowOutputOptions
{
    private readonly Option<string> _format = new("--format")
    {
        Description = "The output format.",
        DefaultValueFactory = static _ => "table",
    };
    private readonly Option<string?> _plot = new("--plot")
    {
        Description = "Draw tokens over time and cost by type to this file.",
        HelpName = "FILE.svg",
    };
    private readonly Option<string?> _html = new("--html")
    {
        Description = "Write a self-contained page with everything.",
        HelpName = "FILE",
    };
    private readonly Option<string?> _series = new("--series")
    {
        Description = "Write the tokens of every minute with usage.",
        HelpName = "FILE.csv",
    };
    private readonly Option<string?> _rounded = new("--rounded")
    {
        Description = "Write the flows with their rounded times as two additional columns.",
        HelpName = "FILE.csv",
    };

    private readonly bool _hasRounded;

    /// <param name="hasRounded">True if there are rows of a file to write.</param>
    public FlowOutputOptions(bool hasRounded)
    {
        _hasRounded = hasRounded;
        _format.AcceptOnlyFromAmong("table", "json", "csv", "markdown");
    }

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_format, _plot, _html, _series])
            command.Add(option);
        if (_hasRounded)
            command.Add(_rounded);
    }

    /// <summary>Opens the file for the flows with rounded times; null if it is not requested.</summary>
    /// <exception cref="FormatException">Several files with their own headers cannot be combined, and a file cannot be
    /// overwritten while it is read.</exception>
    public Stream? OpenRounded(ParseResult parsed, IReadOnlyList<string> paths)
    {
        if (parsed.GetValue(_rounded) is not { } path)
            return null;
        if (paths.Count > 1 || (paths.Count == 1 && paths[0].AsSpan().ContainsAny('*', '?')))
            throw new FormatException("--rounded copies the rows of a single file: name only one.");
        if (paths.Count == 1 && Path.GetFullPath(paths[0]) == Path.GetFullPath(path))
            throw new FormatException($"--rounded '{path}' is the input file: name another file.");
        return new BufferedStream(File.Create(path), 1 << 20);
    }

    public void Write(ParseResult parsed, FlowReport report, TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        var output = parsed.InvocationConfiguration.Output;
        var words = new FlowReportFormatter(report, zone);
        switch (parsed.GetValue(_format))
        {
            case "json":
                output.WriteLine(FlowReportJson.Create(report, words));
                break;
            case "csv":
                FlowReportText.WriteCsv(output, words);
                break;
            case "markdown":
                FlowReportText.WriteMarkdown(output, words);
                break;
            default:
                FlowReportText.WriteTable(output, words);
                break;
        }

        if (parsed.GetValue(_plot) is { } plot)
            File.WriteAllText(plot, new FlowCharts(report, words, zone).Plot());
        if (parsed.GetValue(_html) is { } html)
            File.WriteAllText(html, new FlowCharts(report, words, zone).Page());
        if (parsed.GetValue(_series) is { } series)
            FlowSeriesFile.Write(series, report, words, cancellationToken);
    }
}
