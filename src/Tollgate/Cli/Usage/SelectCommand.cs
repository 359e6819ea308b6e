using System.CommandLine;
using Tollgate.Accounting.Usage;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;
using Tollgate.Operations.Usage;

namespace Tollgate.Cli.Usage;

/// <summary><c>tollgate select</c>: runs a read-only SQL statement of the user.</summary>
internal static class SelectCommand
{
    /// <summary>The default row limit in a terminal: a table is held in memory until its widths are known.</summary>
    private const int TableLimit = 10_000;

    public static Command Create(TimeProvider time)
    {
        var query = new Option<string>("--query")
        {
            Description = "One statement, such as \"SELECT model, COUNT(*) FROM accounting_entries GROUP BY model\".",
            Required = true,
            HelpName = "SQL",
        };
        var timeout = new Option<int>("--timeout")
        {
            Description = "The maximum time in seconds.",
            DefaultValueFactory = static _ => 60,
            HelpName = "SECONDS",
        };
        var limit = new Option<int?>("--limit")
        {
            Description =
                "The maximum number of rows to print; default: "
                + $"{TableLimit:N0} in a terminal, all to a file or a program.",
            HelpName = "ROWS",
        };
        var data = CommonOptions.Data();
        var format = CommonOptions.Format();
        limit.Validators.Add(static result =>
        {
            if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, out var asked) && asked < 1)
                result.AddError($"--limit must be at least 1, not {asked}.");
        });
        var command = new Command("select", "Query the ledger in SQL. The database itself rejects writes.")
        {
            query,
            limit,
            timeout,
            data,
            format,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                await using var workspace = parsed.OpenWorkspace(data, time);
                var (output, form) = (parsed.InvocationConfiguration.Output, parsed.GetValue(format)!);
                var maxRows =
                    parsed.GetValue(limit) ?? (form == "table" && ResultTable.IsTerminal(output) ? TableLimit : null);
                using var rows = new SelectionPrinter(output, form, maxRows);
                await new UsageOperations(workspace, UsageReach.Everything).SelectAsync(
                    parsed.GetValue(query)!,
                    TimeSpan.FromSeconds(parsed.GetValue(timeout)),
                    rows,
                    cancellationToken
                );
                rows.End();
                if (rows.IsCut)
                    await parsed.InvocationConfiguration.Error.WriteLineAsync(
                        $"There are more than these {maxRows:N0} rows. "
                            + "--limit sets how many are shown; --format csv or json to a file writes all."
                    );
                return ExitCodes.Success;
            }
        );
        return command;
    }
}
