using System.CommandLine;
using Tollgate.Accounting.Ledger.Stores;

namespace Tollgate.Commands;

/// <summary><c>tollgate db migrate|status</c>: the schema, as a step of its own.</summary>
internal static class DatabaseCommand
{
    public static Command Create()
    {
        return new Command("db", "Create, upgrade and show the database's schema, for places where the gate's own user may not.")
        {
            Step("migrate", "Create the database's schema or bring it up to date.", static (store, cancellation) => store.MigrateAsync(cancellation)),
            Step("status", "Show the schema that the database has, and the one that this version knows.", static (store, cancellation) => store.SchemaAsync(cancellation)),
        };
    }

    private static Command Step(string name, string description, Func<ILedgerStore, CancellationToken, Task<SchemaVersion>> step)
    {
        var data = CommonOptions.Data();
        var format = CommonOptions.Format();
        var command = new Command(name, description) { data, format };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var store = parsed.Ledger(data).OpenStore();
            var schema = await step(store, cancellation);
            new Listing(["schema", "known", "state"], [[schema.Current, schema.Known, State(schema)]])
                .Print(parsed.InvocationConfiguration.Output, parsed.GetValue(format)!);
            return schema.IsCurrent ? ExitCodes.Done : ExitCodes.Failed;
        });
        return command;
    }

    private static string State(SchemaVersion schema) => schema switch
    {
        { IsCurrent: true } => "up to date",
        { Current: 0 } => "empty: run 'tollgate db migrate'",
        _ when schema.Current < schema.Known => "older: run 'tollgate db migrate'",
        _ => "newer than this version of Tollgate",
    };
}
