using System.CommandLine;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Opening;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;

namespace Tollgate.Cli.Maintenance;

/// <summary><c>tollgate db check</c>: checks the ledger's rollups against its records.</summary>
internal static class SumCheckCommand
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

    public static Command Create()
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
            async (parsed, cancellation) =>
            {
                await using var store = parsed.Ledger(data).OpenStore();
                await RequireSchemaAsync(store, cancellation);
                var repairs = parsed.GetValue(repair);
                var found = store is ISummedLedgerStore summed
                    ? await summed.CheckSumsAsync(repairs, cancellation)
                    : [];
                new Listing(Titles, found.Select(check => Row(check, repairs)))
                {
                    Brief = ["sums", "wrong", "first_wrong", "missing_calls", "missing_cost_usd", "state"],
                }.Print(parsed.InvocationConfiguration.Output, parsed.GetValue(format)!);
                if (found.Sum(static check => check.Unknown) is > 0 and var unknown)
                    await parsed.InvocationConfiguration.Error.WriteLineAsync(
                        $"{unknown} quarter hours have more calls in their rollups than there are records, as after a "
                            + $"purge: these rollups are assumed to be correct."
                    );
                return repairs || found.All(static check => check.Wrong == 0) ? ExitCodes.Done : ExitCodes.Failed;
            }
        );
        return command;
    }

    private static async Task RequireSchemaAsync(ILedgerStore store, CancellationToken cancellation)
    {
        var schema = await store.SchemaAsync(cancellation);
        if (!schema.IsCurrent)
            throw new InvalidDataException(
                $"The ledger has schema {schema.Current}, but this version of Tollgate requires schema "
                    + $"{schema.Known}. See 'tollgate db status'."
            );
    }

    private static object?[] Row(SumCheck check, bool repaired) =>
        [
            NameOf(check.Sums),
            check.Sums == KeptSums.SlotsOfNames ? "records" : NameOf(KeptSums.SlotsOfNames),
            check.Wrong,
            check.First,
            check.Last,
            check.MissingCalls,
            check.MissingCost,
            check.Unknown,
            StateOf(check, repaired),
        ];

    private static string NameOf(KeptSums sums) =>
        sums switch
        {
            KeptSums.SlotsOfNames => "by 15 minutes and names",
            KeptSums.DaysOfNames => "by day and names",
            _ => "by 15 minutes",
        };

    private static string StateOf(SumCheck check, bool repaired) =>
        check.Wrong == 0 ? "right"
        : repaired ? "repaired"
        : "wrong: run 'tollgate db check --repair'";
}
