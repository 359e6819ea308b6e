using System.CommandLine;
using Tollgate.Accounting.Exchange;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Tracking;
using Tollgate.Cli.Flows;
using Tollgate.Cli.Parsing;
using Tollgate.Operations.Prices;

namespace Tollgate.Cli.Exchange;

/// <summary><c>tollgate import</c>: records the rows of a file.</summary>
internal sealed class ImportCommand
{
    private readonly TimeProvider _time;
    private readonly Argument<string> _file = new("FILE") { Description = "The file, or - for standard input." };
    private readonly Option<string> _format = new("--format")
    {
        Description =
            "csv (as exported, or with the columns of accounting_entries), llm-accounting (its SQLite file), or flows "
            + "(a CSV file as tollgate flows reads it).",
        DefaultValueFactory = static _ => "csv",
    };
    private readonly Option<string?> _model = new("--model")
    {
        Description = "The model that the flows used (not part of their file).",
        HelpName = "NAME",
    };
    private readonly Option<string?> _data = CommonOptions.Data();

    private ImportCommand(TimeProvider time)
    {
        _time = time;
        _format.AcceptOnlyFromAmong("csv", "llm-accounting", "flows");
    }

    public static Command Create(TimeProvider time)
    {
        var import = new ImportCommand(time);
        var command = new Command(
            "import",
            "Record the rows of a file in the ledger. Importing the same file again records nothing twice."
        )
        {
            import._file,
            import._format,
            import._model,
            import._data,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(import._format) == "flows" == string.IsNullOrWhiteSpace(result.GetValue(import._model)))
                result.AddError("--model and --format flows require each other: a flows file does not name the model.");
        });
        command.SetAction(import.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var options = parsed.ResolveLedger(_data) with { TimeProvider = _time };
        await using var ledger = await UsageLedger.OpenAsync(options, cancellationToken);
        var import = new UsageImport(
            ledger,
            new UsageTracker(ledger, new CustomPrices(options.DataFolder).BuildPriceBook(), _time)
        );
        var file = parsed.GetValue(_file)!;
        var result =
            parsed.GetValue(_format) == "flows"
                ? await import.EntriesAsync(FlowImport.Read(file, parsed.GetValue(_model)!.Trim()))
                : await ReadAsync(import, file, parsed.GetValue(_format)!);
        foreach (var problem in result.Problems)
            await parsed.InvocationConfiguration.Error.WriteLineAsync($"tollgate: {problem}");
        await parsed.InvocationConfiguration.Output.WriteLineAsync(
            options.Store is null
                ? $"{result.Rows} rows: {result.Booked} recorded, {result.Rows - result.Booked - result.Rejected} "
                    + $"already recorded, {result.Rejected} rejected."
                // Only the server can tell apart what was already recorded, and it may be unavailable.
                : $"{result.Rows} rows: {result.Rows - result.Rejected} are being sent to the server, which records "
                    + $"those it does not have yet, {result.Rejected} rejected."
        );
        return result.Rejected == 0 ? ExitCodes.Success : ExitCodes.Failed;
    }

    private static async Task<ImportResult> ReadAsync(UsageImport import, string file, string format)
    {
        if (format == "llm-accounting")
            return await import.LlmAccountingAsync(file);
        using var input = file == "-" ? Console.In : new StreamReader(file);
        return await import.CsvAsync(input);
    }
}
