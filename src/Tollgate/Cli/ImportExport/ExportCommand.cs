using System.CommandLine;
using Tollgate.Accounting.ImportExport.Focus;
using Tollgate.Accounting.Usage;
using Tollgate.Cli.Parsing;
using Tollgate.Operations.ImportExport;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Cli.ImportExport;

/// <summary><c>tollgate export</c>: writes the records of a period to a file.</summary>
internal sealed class ExportCommand
{
    private const string Focus = "focus";
    private const string FocusParquet = "focus-parquet";

    private readonly TimeProvider _time;
    private readonly Option<string> _format = new("--format")
    {
        Description =
            "csv (all fields, with a header), jsonl (one object per line), parquet (all fields, typed), or costs by "
            + "key, model and token type according to FOCUS 1.2: focus (CSV) or focus-parquet.",
        DefaultValueFactory = static _ => "csv",
    };
    private readonly Option<string> _bucket = new("--bucket")
    {
        Description = "The period of one row of a FOCUS file: an hour or a day (UTC).",
        DefaultValueFactory = static _ => "day",
    };
    private readonly Option<string?> _from = new("--from")
    {
        Description = "The first day or time, such as 2026-11-01 (UTC).",
        HelpName = "DATE",
    };
    private readonly Option<string?> _to = new("--to")
    {
        Description = "The last day (inclusive) or the end time (exclusive).",
        HelpName = "DATE",
    };
    private readonly Option<string?> _output = new("--output", "-o")
    {
        Description = "The file to write, which appears when it is complete; default, or -: standard output.",
        HelpName = "FILE",
    };
    private readonly Option<string?> _data = CommonOptions.Data();

    private ExportCommand(TimeProvider time)
    {
        _time = time;
        _format.AcceptOnlyFromAmong("csv", "jsonl", "parquet", Focus, FocusParquet);
        _bucket.AcceptOnlyFromAmong("hour", "day");
        _from.Validators.Add(Dates.Check);
        _to.Validators.Add(Dates.Check);
    }

    public static Command Create(TimeProvider time)
    {
        var export = new ExportCommand(time);
        var command = new Command("export", "Write the records of a period to a file, oldest first.")
        {
            export._format,
            export._bucket,
            export._from,
            export._to,
            export._output,
            export._data,
        };
        command.Validators.Add(result =>
        {
            if (
                result.GetResult(export._bucket) is { Implicit: false }
                && result.GetValue(export._format) is not (Focus or FocusParquet)
            )
                result.AddError("--bucket requires --format focus or focus-parquet.");
        });
        command.SetAction(export.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var period = Dates.Period(parsed.GetValue(_from), parsed.GetValue(_to));
        await using var workspace = parsed.OpenWorkspace(_data, _time);
        _ = workspace.OpenQuery(); // Fails before a file is created.
        string summary;
        if (parsed.GetValue(_output) is { } path and not "-")
        {
            await using var file = OutputFile.Create(path);
            summary = await WriteAsync(parsed, workspace, period, file.Stream, cancellationToken);
            await file.CompleteAsync(cancellationToken);
        }
        else
        {
            await using var output = OpenStandardOutput(parsed.GetRequiredValue(_format));
            summary = await WriteAsync(parsed, workspace, period, output, cancellationToken);
        }

        await parsed.InvocationConfiguration.Error.WriteLineAsync(summary);
        return ExitCodes.Success;
    }

    private static Stream OpenStandardOutput(string format) =>
        format is "parquet" or FocusParquet && !Console.IsOutputRedirected
            ? throw new UsageException($"--format {format} writes a binary file: name it with --output.")
            : Console.OpenStandardOutput();

    private async Task<string> WriteAsync(
        ParseResult parsed,
        Workspace workspace,
        UsagePeriod period,
        Stream output,
        CancellationToken cancellationToken
    )
    {
        var export = new ExportOperations(workspace, UsageReach.Everything);
        var name = parsed.GetRequiredValue(_format);
        var format = name switch
        {
            "jsonl" => ExportFormat.JsonLines,
            "parquet" or FocusParquet => ExportFormat.Parquet,
            _ => ExportFormat.Csv,
        };
        if (name is Focus or FocusParquet)
            return Summarize(
                await export.WriteFocusAsync(period, ReadFocusOptions(parsed), format, output, cancellationToken)
            );
        return $"Exported {await export.WriteUsageAsync(period, format, output, cancellationToken)} records.";
    }

    private FocusOptions ReadFocusOptions(ParseResult parsed) =>
        new() { Bucket = Enum.Parse<UsageBucket>(parsed.GetRequiredValue(_bucket), ignoreCase: true) };

    private static string Summarize(FocusResult focus) =>
        $"Exported {focus.Rows} rows, {focus.BilledCost} USD in total."
        + (
            focus.UnpricedRows == 0
                ? ""
                : $" {focus.UnpricedRows} of them are usage without a known price: their cost is reported as 0, and "
                    + $"x_Unpriced is true."
        );
}
