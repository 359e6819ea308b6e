using System.CommandLine;
using Tollgate.Accounting.Stores;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;
using Tollgate.Operations.Maintenance;

namespace Tollgate.Cli.Maintenance;

/// <summary><c>tollgate db check</c>: checks the ledger's rollups against its records.</summary>
internal static class RollupCheckCommand
{
    private static readonly string[] Titles =
    [
        "sums",
        "compared_with",
        "wrong",
        "first_wrong",
        "last_wrong",
        "missing_calls",
        "missing_cost_usd",
        "unknown",
        "state",
    ];

    public static Command Create(TimeProvider time)
    {
        var repair = new Option<bool>("--repair")
        {
            Description = "Repair wrong rollups. Gateways may keep recording.",
        };
        var data = CommonOptions.Data();
        var format = CommonOptions.Format();
        var command = new Command("check", "Compare the rollups with the records and with each other.")
        {
            repair,
            data,
            format,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                await using var workspace = parsed.OpenWorkspace(data, time);
                var rollups = new RollupOperations(workspace);
                var repairs = parsed.GetValue(repair);
                var found = repairs
                    ? await rollups.RepairAsync(CommandWorkspace.Operator, cancellationToken)
                    : await rollups.CheckAsync(cancellationToken);
                new ResultTable(Titles, found.Select(check => Row(check, repairs)))
                {
                    Brief = ["sums", "wrong", "first_wrong", "missing_calls", "missing_cost_usd", "state"],
                }.Print(parsed.InvocationConfiguration.Output, parsed.GetValue(format)!);
                if (found.Sum(static check => check.UnverifiableRows) is > 0 and var unknown)
                    await parsed.InvocationConfiguration.Error.WriteLineAsync(
                        $"{unknown} quarter hours have more calls in their rollups than there are records, as after a "
                            + $"purge: these rollups are assumed to be correct."
                    );
                return repairs || found.All(static check => check.IncorrectRows == 0)
                    ? ExitCodes.Success
                    : ExitCodes.Failed;
            }
        );
        return command;
    }

    private static object?[] Row(RollupVerification check, bool repaired) =>
        [
            FormatName(check.Sums),
            check.Sums == RollupKind.SlotsByName ? "records" : FormatName(RollupKind.SlotsByName),
            check.IncorrectRows,
            check.First,
            check.Last,
            check.MissingCalls,
            check.MissingCost,
            check.UnverifiableRows,
            FormatState(check, repaired),
        ];

    private static string FormatName(RollupKind sums) =>
        sums switch
        {
            RollupKind.SlotsByName => "by 15 minutes and names",
            RollupKind.DaysByName => "by day and names",
            RollupKind.Blocks => "by blocks",
            _ => "by 15 minutes",
        };

    private static string FormatState(RollupVerification check, bool repaired) =>
        check.IncorrectRows == 0 ? "right"
        : repaired ? "repaired"
        : "wrong: run 'tollgate db check --repair'";
}
