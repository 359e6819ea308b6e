using System.CommandLine;
using Tollgate.Accounting.Stores;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;
using Tollgate.Operations.Maintenance;

namespace Tollgate.Cli.Maintenance;

/// <summary>
/// <c>tollgate db quarantine</c>: lists the records rejected by the database server, and retries or discards them.
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

    private RejectedRecordsCommand(TimeProvider time) => _time = time;

    public static Command Create(TimeProvider time, string name = "quarantine")
    {
        var records = new RejectedRecordsCommand(time);
        var command = new Command(
            name,
            "Show the records that the database server rejects. They are kept in the data folder."
        )
        {
            records._count,
            records._retry,
            records._discard,
            records._yes,
            records._data,
            records._format,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(records._retry) && result.GetValue(records._discard))
                result.AddError("--retry and --discard are mutually exclusive.");
            if (result.GetValue(records._yes) && !result.GetValue(records._discard))
                result.AddError("--yes requires --discard.");
        });
        command.SetAction(records.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var workspace = parsed.OpenWorkspace(_data, _time);
        var quarantine = new QuarantineOperations(workspace);
        if (parsed.GetValue(_discard))
            return await DiscardAsync(parsed, quarantine, cancellationToken);
        if (parsed.GetValue(_retry))
            await RetryAsync(quarantine, parsed.InvocationConfiguration.Error, cancellationToken);
        var rejected = await quarantine.ListAsync(parsed.GetValue(_count), cancellationToken);
        Print(parsed, rejected);
        return parsed.GetValue(_retry) && rejected.Count > 0 ? ExitCodes.Failed : ExitCodes.Success;
    }

    private static async Task RetryAsync(
        QuarantineOperations quarantine,
        TextWriter error,
        CancellationToken cancellationToken
    )
    {
        var (requeued, hasServer) = await quarantine.RetryAsync(cancellationToken);
        await error.WriteLineAsync($"{requeued} records are being sent again.");
        if (!hasServer)
            await error.WriteLineAsync("No database server is configured, so no record can be rejected.");
    }

    private async Task<int> DiscardAsync(
        ParseResult parsed,
        QuarantineOperations quarantine,
        CancellationToken cancellationToken
    )
    {
        var error = parsed.InvocationConfiguration.Error;
        var rejected = await quarantine.ListAsync(int.MaxValue, cancellationToken);
        if (rejected.Count > 0 && !parsed.GetValue(_yes) && !await ConfirmAsync(rejected, error))
            return ExitCodes.Failed;
        var discarded = await quarantine.DiscardAsync(rejected, CommandWorkspace.Operator, cancellationToken);
        Print(parsed, discarded);
        await error.WriteLineAsync($"{discarded.Count} records were discarded.");
        return ExitCodes.Success;
    }

    private static Task<bool> ConfirmAsync(IReadOnlyList<QuarantinedRecord> refused, TextWriter error)
    {
        var cost = refused.Sum(static record => record.Record.Cost?.Usd ?? 0);
        return Confirmation.ConfirmAsync(
            $"Remove {refused.Count} records of {ResultTable.Text(cost)} USD permanently? "
                + "They will not be part of any total.",
            "db quarantine --discard requires confirmation, and this session is not interactive. Add -y.",
            "Nothing was discarded.",
            error
        );
    }

    private void Print(ParseResult parsed, IReadOnlyList<QuarantinedRecord> refused) =>
        new ResultTable(Titles, refused.Select(Row))
        {
            Brief = ["refused_at", "reason", "call", "started_at", "model", "user", "cost_usd"],
        }.Print(parsed.InvocationConfiguration.Output, parsed.GetValue(_format)!);

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
