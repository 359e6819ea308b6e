using System.CommandLine;
using Tollgate.Accounting.Exchange;
using Tollgate.Accounting.Exchange.Focus;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Usage;
using Tollgate.Cli.Parsing;
using Tollgate.Configuration.Locations;

namespace Tollgate.Cli.Exchange;

/// <summary><c>tollgate export</c>: writes the records of a period to a file.</summary>
internal sealed class ExportCommand
{
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

    private ExportCommand()
    {
        _format.AcceptOnlyFromAmong("csv", "jsonl", "focus");
        _bucket.AcceptOnlyFromAmong("hour", "day");
        _from.Validators.Add(Dates.Check);
        _to.Validators.Add(Dates.Check);
    }

    public static Command Create()
    {
        var export = new ExportCommand();
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
        var options = parsed.ResolveLedger(_data);
        var query = UsageLedger.OpenReadOnly(options);
        var period = Dates.Period(parsed.GetValue(_from), parsed.GetValue(_to));
        var focus = parsed.GetValue(_format) == "focus" ? CreateFocusExport(parsed, query, options) : null;
        await using var output = parsed.GetValue(_output) is { } file
            ? File.Create(file)
            : Console.OpenStandardOutput();
        await parsed.InvocationConfiguration.Error.WriteLineAsync(
            focus is null
                ? await RecordsAsync(parsed, query, period, output, cancellationToken)
                : Summarize(await focus.WriteAsync(period, output, cancellationToken))
        );
        return ExitCodes.Success;
    }

    private async Task<string> RecordsAsync(
        ParseResult parsed,
        UsageQuery query,
        UsagePeriod period,
        Stream output,
        CancellationToken cancellationToken
    )
    {
        var records = query.ReadAsync(
            new UsageSelection { Period = period, Order = UsageOrder.OldestFirst },
            cancellationToken
        );
        var count =
            parsed.GetValue(_format) == "jsonl"
                ? await UsageExport.WriteJsonLinesAsync(records, output, cancellationToken)
                : await UsageExport.WriteCsvAsync(records, output, cancellationToken);
        return $"Exported {count} records.";
    }

    private FocusExport CreateFocusExport(ParseResult parsed, UsageQuery query, LedgerOptions options) =>
        new(
            query,
            LedgerLocation.Prices(options),
            new FocusOptions { Bucket = Enum.Parse<UsageBucket>(parsed.GetValue(_bucket)!, ignoreCase: true) }
        );

    private static string Summarize(FocusResult focus) =>
        $"Exported {focus.Rows} rows, {focus.BilledCost} USD in total."
        + (
            focus.UnpricedRows == 0
                ? ""
                : $" {focus.UnpricedRows} of them are usage without a known price: their cost is reported as 0, and "
                    + $"x_Unpriced is true."
        );
}
