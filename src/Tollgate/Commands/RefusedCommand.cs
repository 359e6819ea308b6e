using System.CommandLine;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Ledger.Spool;

namespace Tollgate.Commands;

/// <summary><c>tollgate db refused</c>: the records that the database server will not have, and another try with them.</summary>
internal static class RefusedCommand
{
    private static readonly string[] Titles = ["refused_at", "reason", "call", "attempt", "started_at", "provider", "model", "user", "project", "cost_usd"];

    public static Command Create()
    {
        var count = new Option<int>("-n") { Description = "How many at the most.", DefaultValueFactory = static _ => 100, HelpName = "COUNT" };
        var retry = new Option<bool>("--retry") { Description = "Send all of them once more, after what the server said was mended; then show those that it refuses still." };
        var data = CommonOptions.Data();
        var format = CommonOptions.Format();
        count.Validators.Add(static result =>
        {
            if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, out var asked) && asked < 1) result.AddError($"-n takes a number from 1 on, not {asked}.");
        });
        var command = new Command("refused", "Show the records that the database server refuses. They are kept in the data folder.") { count, retry, data, format };
        command.SetAction(async (parsed, cancellation) =>
        {
            var options = parsed.Ledger(data);
            if (parsed.GetValue(retry)) await RetryAsync(options, parsed.InvocationConfiguration.Error, cancellation);
            var refused = UsageLedger.Refused(options, parsed.GetValue(count));
            new Listing(Titles, refused.Select(Row)) { Brief = ["refused_at", "reason", "call", "started_at", "model", "user", "cost_usd"] }
                .Print(parsed.InvocationConfiguration.Output, parsed.GetValue(format)!);
            return parsed.GetValue(retry) && refused.Count > 0 ? ExitCodes.Failed : ExitCodes.Done;
        });
        return command;
    }

    /// <summary>Closing the ledger brings over what it can. Beside a running gate that one does, within a second.</summary>
    private static async Task RetryAsync(LedgerOptions options, TextWriter error, CancellationToken cancellation)
    {
        LedgerHealth health;
        await using (var ledger = await UsageLedger.OpenAsync(options, cancellation))
        {
            await error.WriteLineAsync($"{await ledger.RetryRefusedAsync()} records are sent again.");
            health = ledger.Health;
        }

        if (health.Refused is null) await error.WriteLineAsync("No database server is set up, so none can refuse a record.");
    }

    private static object?[] Row(RefusedRecord refused) =>
    [
        refused.At, refused.Reason, refused.Record.Id.Call, refused.Record.Id.Attempt, refused.Record.StartedAt, refused.Record.Provider, refused.Record.Model,
        refused.Record.Attribution.User, refused.Record.Attribution.Project, refused.Record.Cost?.Usd,
    ];
}
