using System.CommandLine;
using Tollgate.Accounting.Exchange;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Ledger.Stores;

namespace Tollgate.Commands;

/// <summary><c>tollgate export</c>: the records of a period as a file.</summary>
internal sealed class ExportCommand
{
    private readonly Option<string> _format = new("--format") { Description = "csv (all fields, with a header) or jsonl (an object a line).", DefaultValueFactory = static _ => "csv" };
    private readonly Option<string?> _from = new("--from") { Description = "The first day or moment, such as 2026-11-01 (UTC).", HelpName = "DATE" };
    private readonly Option<string?> _to = new("--to") { Description = "The last day, which is included, or the first moment after.", HelpName = "DATE" };
    private readonly Option<string?> _output = new("--output", "-o") { Description = "The file to write; else standard output.", HelpName = "FILE" };
    private readonly Option<string?> _data = CommonOptions.Data();

    private ExportCommand()
    {
        _format.AcceptOnlyFromAmong("csv", "jsonl");
        _from.Validators.Add(Dates.Check);
        _to.Validators.Add(Dates.Check);
    }

    public static Command Create()
    {
        var export = new ExportCommand();
        var command = new Command("export", "Write the records of a period to a file, the oldest first.") { export._format, export._from, export._to, export._output, export._data };
        command.SetAction(export.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var query = UsageLedger.OpenReadOnly(parsed.Ledger(_data));
        var records = query.ReadAsync(new UsageSelection { Period = Dates.Period(parsed.GetValue(_from), parsed.GetValue(_to)), Order = UsageOrder.OldestFirst }, cancellation);
        await using var output = parsed.GetValue(_output) is { } file ? File.Create(file) : Console.OpenStandardOutput();
        var count = parsed.GetValue(_format) == "jsonl"
            ? await UsageExport.WriteJsonLinesAsync(records, output, cancellation)
            : await UsageExport.WriteCsvAsync(records, output, cancellation);
        await parsed.InvocationConfiguration.Error.WriteLineAsync($"Exported {count} records.");
        return ExitCodes.Done;
    }
}
