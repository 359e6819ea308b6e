using System.CommandLine;
using Tollgate.Accounting.Stores;
using Tollgate.Cli.Parsing;
using Tollgate.Cli.Rendering;
using Tollgate.Operations.Maintenance;

namespace Tollgate.Cli.Maintenance;

/// <summary>
/// <c>tollgate db migrate|status|check|quarantine</c>: manages the schemas of the ledger and of the transcript log
/// separately from the gateway, and maintains the database.
/// </summary>
internal static class DatabaseCommand
{
    public static Command Create(TimeProvider time) =>
        new("db", "Create, upgrade and show the schemas of the ledger and the transcript log, and maintain their data.")
        {
            CreateStep(
                "migrate",
                "Create or upgrade the schemas.",
                static (schemas, cancellationToken) => schemas.MigrateAsync(cancellationToken),
                time
            ),
            CreateStep(
                "status",
                "Show the schema versions of the databases, and those that this version supports.",
                static (schemas, cancellationToken) => schemas.ReadAsync(cancellationToken),
                time
            ),
            RollupCheckCommand.Create(time),
            RejectedRecordsCommand.Create(time),
            RejectedRecordsCommand.Create(time, "refused").AsFormerName(),
        };

    private static Command CreateStep(
        string name,
        string description,
        Func<SchemaOperations, CancellationToken, Task<IReadOnlyList<DatabaseSchema>>> run,
        TimeProvider time
    )
    {
        var (data, format) = (CommonOptions.Data(), CommonOptions.Format());
        var command = new Command(name, description) { data, format };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                await using var workspace = parsed.OpenWorkspace(data, time);
                var schemas = await run(new SchemaOperations(workspace), cancellationToken);
                new ResultTable(
                    ["database", "schema", "known", "state"],
                    schemas.Select(static row =>
                        new object?[] { row.Database, row.Version.Current, row.Version.Known, State(row.Version) }
                    )
                ).Print(parsed.InvocationConfiguration.Output, parsed.GetRequiredValue(format));
                return schemas.All(static row => row.Version.IsCurrent) ? ExitCodes.Success : ExitCodes.Failed;
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
