using System.CommandLine;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Opening;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;
using Tollgate.Configuration.Locations;

namespace Tollgate.Cli.Maintenance;

/// <summary>
/// <c>tollgate db migrate|status|check|refused</c>: manages the schemas of the ledger and of the transcript log
/// separately from the gateway, and maintains the database.
/// </summary>
internal static class DatabaseCommand
{
    public static Command Create(TimeProvider time)
    {
        return new Command(
            "db",
            "Create, upgrade and show the schemas of the ledger and the transcript log, and maintain their data."
        )
        {
            Step(
                "migrate",
                "Create or upgrade the schemas.",
                static (store, cancellationToken) => store.MigrateAsync(cancellationToken),
                static (store, cancellationToken) => store.MigrateAsync(cancellationToken)
            ),
            Step(
                "status",
                "Show the schema versions of the databases, and those that this version supports.",
                static (store, cancellationToken) => store.SchemaAsync(cancellationToken),
                static (store, cancellationToken) => store.SchemaAsync(cancellationToken)
            ),
            RollupCheckCommand.Create(),
            RejectedRecordsCommand.Create(time),
        };
    }

    private static Command Step(
        string name,
        string description,
        Func<ILedgerStore, CancellationToken, Task<SchemaVersion>> ofLedger,
        Func<ITranscriptStore, CancellationToken, Task<SchemaVersion>> ofAudit
    )
    {
        var data = CommonOptions.Data();
        var format = CommonOptions.Format();
        var command = new Command(name, description) { data, format };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                List<(string Of, SchemaVersion Schema)> schemas = [];
                await using (var store = parsed.ResolveLedger(data).OpenStore())
                    schemas.Add(("ledger", await ofLedger(store, cancellationToken)));
                if (TranscriptLogLocation.ResolveIfEnabled(parsed.GetValue(data)) is { } audit)
                {
                    await using var store = audit.OpenStore();
                    schemas.Add(("audit", await ofAudit(store, cancellationToken)));
                }

                new ResultTable(
                    ["database", "schema", "known", "state"],
                    schemas.Select(static row =>
                        new object?[] { row.Of, row.Schema.Current, row.Schema.Known, State(row.Schema) }
                    )
                ).Print(parsed.InvocationConfiguration.Output, parsed.GetValue(format)!);
                return schemas.TrueForAll(static row => row.Schema.IsCurrent) ? ExitCodes.Success : ExitCodes.Failed;
            }
        );
        return command;
    }

    private static string State(SchemaVersion schema) =>
        schema switch
        {
            { IsCurrent: true } => "up to date",
            { Current: 0 } => "empty: run 'tollgate db migrate'",
            _ when schema.Current < schema.Known => "older: run 'tollgate db migrate'",
            _ => "newer than this version of Tollgate",
        };
}
