using System.CommandLine;
using Tollgate.Accounting.ImportExport.Focus;
using Tollgate.Accounting.Usage;
using Tollgate.Cli.Parsing;
using Tollgate.Operations.ImportExport;

namespace Tollgate.Cli.ImportExport;

/// <summary><c>tollgate export</c>: writes the records of a period to a file.</summary>
internal sealed class ExportCommand
{
    private readonly TimeProvider _time;
    private readonly Option<string> _format = new("--format")
    {
        Description =
            "csv (all fields, with a header), jsonl (one object per line), or focus (FOCUS 1.2: costs by key, model "
            + "and token type).",
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
        Description = "The file to write; default: standard output.",
        HelpName = "FILE",
    };
    private readonly Option<string?> _data = CommonOptions.Data();

    private ExportCommand(TimeProvider time)
    {
        _time = time;
        _format.AcceptOnlyFromAmong("csv", "jsonl", "focus");
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
            if (result.GetResult(export._bucket) is { Implicit: false } && result.GetValue(export._format) != "focus")
                result.AddError("--bucket requires --format focus.");
        });
        command.SetAction(export.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var period = Dates.Period(parsed.GetValue(_from), parsed.GetValue(_to));
        await using var workspace = parsed.OpenWorkspace(_data, _time);
        _ = workspace.OpenQuery(); // Fails before a file is created.
        await using var output = parsed.GetValue(_output) is { } file
            ? File.Create(file)
            : Console.OpenStandardOutput();
        var export = new ExportOperations(workspace);
        await parsed.InvocationConfiguration.Error.WriteLineAsync(
            parsed.GetValue(_format) switch
            {
                "focus" => Summarize(
                    await export.WriteFocusAsync(period, ReadFocusOptions(parsed), output, cancellationToken)
                ),
                "jsonl" => $"Exported {await export.WriteJsonLinesAsync(period, output, cancellationToken)} records.",
                _ => $"Exported {await export.WriteCsvAsync(period, output, cancellationToken)} records.",
            }
        );
        return ExitCodes.Success;
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
