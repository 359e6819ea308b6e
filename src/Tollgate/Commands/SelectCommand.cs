using System.CommandLine;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Ledger.Stores;

namespace Tollgate.Commands;

/// <summary><c>tollgate select</c>: one's own SQL, which can only read.</summary>
internal static class SelectCommand
{
    public static Command Create()
    {
        var query = new Option<string>("--query") { Description = "One statement, such as \"SELECT model, COUNT(*) FROM accounting_entries GROUP BY model\".", Required = true, HelpName = "SQL" };
        var timeout = new Option<int>("--timeout") { Description = "The most seconds that it may take.", DefaultValueFactory = static _ => 60, HelpName = "SECONDS" };
        var data = CommonOptions.Data();
        var format = CommonOptions.Format();
        timeout.Validators.Add(static result =>
        {
            if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, out var asked) && asked is < 1 or > 86_400)
                result.AddError($"--timeout takes 1 to 86400 seconds, not {result.Tokens[0].Value}.");
        });
        var command = new Command("select", "Ask the ledger in SQL. The database itself refuses to write.") { query, timeout, data, format };
        command.SetAction(async (parsed, cancellation) =>
        {
            var ledger = UsageLedger.OpenReadOnly(parsed.Ledger(data));
            var answer = await ledger.SelectAsync(parsed.GetValue(query)!, TimeSpan.FromSeconds(parsed.GetValue(timeout)), cancellation);
            ToListing(answer).Print(parsed.InvocationConfiguration.Output, parsed.GetValue(format)!);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Listing ToListing(SqlAnswer answer) =>
        new(answer.Columns, answer.Rows.Select(static row => row.Select(static cell => cell is byte[] bytes ? Convert.ToHexString(bytes) : cell).ToArray()));
}
