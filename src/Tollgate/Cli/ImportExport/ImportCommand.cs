using System.CommandLine;
using Tollgate.Accounting.ImportExport;
using Tollgate.Cli.Parsing;
using Tollgate.Operations.Flows;
using Tollgate.Operations.ImportExport;

namespace Tollgate.Cli.ImportExport;

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
        await using var workspace = parsed.OpenWorkspace(_data, _time);
        var import = new ImportOperations(workspace);
        var result = await RunAsync(parsed, import, parsed.GetRequiredValue(_file), cancellationToken);
        foreach (var problem in result.Problems)
            await parsed.InvocationConfiguration.Error.WriteLineAsync($"tollgate: {problem}");
        await parsed.InvocationConfiguration.Output.WriteLineAsync(
            import.IsSentToServer
                ? $"{result.Rows} rows: {result.Rows - result.Rejected} are being sent to the server, which records "
                    + $"those it does not have yet, {result.Rejected} rejected."
                : $"{result.Rows} rows: {result.Booked} recorded, {result.Rows - result.Booked - result.Rejected} "
                    + $"already recorded, {result.Rejected} rejected."
        );
        return result.Rejected == 0 ? ExitCodes.Success : ExitCodes.Failed;
    }

    private async Task<ImportResult> RunAsync(
        ParseResult parsed,
        ImportOperations import,
        string file,
        CancellationToken cancellationToken
    )
    {
        var actor = CommandWorkspace.Operator;
        switch (parsed.GetValue(_format))
        {
            case "flows":
                var source = FlowFiles.Find([file], Console.OpenStandardInput)[0];
                var model = parsed.GetValue(_model)!.Trim();
                return await import.ImportFlowsAsync(source, model, actor, cancellationToken);
            case "llm-accounting":
                return await import.ImportLlmAccountingAsync(file, actor, cancellationToken);
            default:
                using (var input = file == "-" ? Console.In : new StreamReader(file))
                    return await import.ImportCsvAsync(input, actor, cancellationToken);
        }
    }
}
