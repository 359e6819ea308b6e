using System.CommandLine;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Stores;
using Tollgate.Cli.AuditTrail;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;
using Tollgate.Metering.Usage;

namespace Tollgate.Cli.Maintenance;

/// <summary>
/// <c>tollgate db refused</c>: lists the records rejected by the database server, and retries or discards them.
/// </summary>
internal sealed class RejectedRecordsCommand
{
    private static readonly string[] Titles =
    [
        "refused_at",
        "reason",
        "call",
        "attempt",
        "started_at",
        "provider",
        "model",
        "user",
        "project",
        "cost_usd",
    ];

    private readonly TimeProvider _time;
    private readonly Option<int> _count = new("-n")
    {
        Description = "The maximum number of records to show; --discard and --retry apply to all.",
        DefaultValueFactory = static _ => 100,
        HelpName = "COUNT",
    };
    private readonly Option<bool> _retry = new("--retry")
    {
        Description = "Send all of them again, after fixing the cause; then show those that are still rejected.",
    };
    private readonly Option<bool> _discard = new("--discard")
    {
        Description =
            "Remove all of them permanently, and print them. They are not part of any total, nor is their cost.",
    };
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Do not ask before discarding." };
    private readonly Option<string?> _data = CommonOptions.Data();
    private readonly Option<string> _format = CommonOptions.Format();

    private RejectedRecordsCommand(TimeProvider time)
    {
        _time = time;
        _count.Validators.Add(static result =>
        {
            if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, out var asked) && asked < 1)
                result.AddError($"-n must be at least 1, not {asked}.");
        });
    }

    public static Command Create(TimeProvider time)
    {
        var refused = new RejectedRecordsCommand(time);
        var command = new Command(
            "refused",
            "Show the records that the database server rejects. They are kept in the data folder."
        )
        {
            refused._count,
            refused._retry,
            refused._discard,
            refused._yes,
            refused._data,
            refused._format,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(refused._retry) && result.GetValue(refused._discard))
                result.AddError("--retry and --discard are mutually exclusive.");
            if (result.GetValue(refused._yes) && !result.GetValue(refused._discard))
                result.AddError("--yes requires --discard.");
        });
        command.SetAction(refused.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var options = parsed.ResolveLedger(_data);
        if (parsed.GetValue(_discard))
            return await DiscardAsync(parsed, options, cancellationToken);
        if (parsed.GetValue(_retry))
            await RetryAsync(options, parsed.InvocationConfiguration.Error, cancellationToken);
        var refused = UsageLedger.ListQuarantined(options, parsed.GetValue(_count));
        Print(parsed, refused);
        return parsed.GetValue(_retry) && refused.Count > 0 ? ExitCodes.Failed : ExitCodes.Success;
    }

    /// <summary>
    /// Closing the ledger replicates what it can. If a gateway is running, it does so within a second.
    /// </summary>
    private static async Task RetryAsync(LedgerOptions options, TextWriter error, CancellationToken cancellationToken)
    {
        LedgerHealth health;
        await using (var ledger = await UsageLedger.OpenAsync(options, cancellationToken))
        {
            await error.WriteLineAsync($"{await ledger.RequeueQuarantinedAsync()} records are being sent again.");
            health = ledger.Health;
        }

        if (health.Quarantined is null)
            await error.WriteLineAsync("No database server is configured, so no record can be rejected.");
    }

    /// <summary>Discards the records counted in the question, not others rejected in the meantime.</summary>
    private async Task<int> DiscardAsync(ParseResult parsed, LedgerOptions options, CancellationToken cancellationToken)
    {
        var error = parsed.InvocationConfiguration.Error;
        var refused = UsageLedger.ListQuarantined(options, int.MaxValue);
        if (refused.Count > 0 && !parsed.GetValue(_yes) && !await ConfirmAsync(refused, error))
            return ExitCodes.Failed;
        HashSet<CallId> gone = [];
        if (refused.Count > 0)
        {
            await using var ledger = await UsageLedger.OpenAsync(options, cancellationToken);
            gone = [.. await ledger.DropQuarantinedAsync([.. refused.Select(static record => record.Record.Id)])];
        }

        var discarded = refused.Where(record => gone.Contains(record.Record.Id)).ToList();
        Print(parsed, discarded);
        if (discarded.Count > 0)
            await OperatorAuditTrail.WriteAsync(
                parsed,
                parsed.GetValue(_data),
                _time,
                discarded.Select(FormatAuditLine),
                cancellationToken
            );
        await error.WriteLineAsync($"{discarded.Count} records were discarded.");
        return ExitCodes.Success;
    }

    private static Task<bool> ConfirmAsync(IReadOnlyList<QuarantinedRecord> refused, TextWriter error)
    {
        var cost = refused.Sum(static record => record.Record.Cost?.Usd ?? 0);
        return Confirmation.ConfirmAsync(
            $"Remove {refused.Count} records of {ResultTable.Text(cost)} USD permanently? They will not be part of any "
                + $"total.",
            "db refused --discard requires confirmation, and this session is not interactive. Add -y.",
            "Nothing was discarded.",
            error
        );
    }

    private void Print(ParseResult parsed, IReadOnlyList<QuarantinedRecord> refused) =>
        new ResultTable(Titles, refused.Select(Row))
        {
            Brief = ["refused_at", "reason", "call", "started_at", "model", "user", "cost_usd"],
        }.Print(parsed.InvocationConfiguration.Output, parsed.GetValue(_format)!);

    private static string FormatAuditLine(QuarantinedRecord refused) =>
        $"Discarded a record that the database server rejected: "
        + $"{string.Join(", ", Titles.Zip(Row(refused), static (title, cell) => $"{title} {ResultTable.Text(cell)}"))}, {refused.Record.Usage.TotalTokens} tokens.";

    private static object?[] Row(QuarantinedRecord refused) =>
        [
            refused.QuarantinedAt,
            refused.Reason,
            refused.Record.Id.Call,
            refused.Record.Id.Attempt,
            refused.Record.StartedAt,
            refused.Record.Provider,
            refused.Record.Model,
            refused.Record.Attribution.User,
            refused.Record.Attribution.Project,
            refused.Record.Cost?.Usd,
        ];
}
