using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Opening;
using Tollgate.Accounting.Transcripts;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Operations.Maintenance;

/// <summary>The schema of a database.</summary>
/// <param name="Database"><c>ledger</c> or <c>transcripts</c>.</param>
/// <param name="Version">Its version, and the one that this program supports.</param>
public sealed record DatabaseSchema(string Database, SchemaVersion Version);

/// <summary>Creates, upgrades and shows the schemas of the ledger and of the transcript log.</summary>
/// <param name="workspace">The databases.</param>
public sealed class SchemaOperations(Workspace workspace)
{
    /// <summary>Creates or upgrades the schemas.</summary>
    public Task<IReadOnlyList<DatabaseSchema>> MigrateAsync(CancellationToken cancellationToken) =>
        RunAsync(store => store.MigrateAsync(cancellationToken), store => store.MigrateAsync(cancellationToken));

    /// <summary>Returns the schemas, without changing anything.</summary>
    public Task<IReadOnlyList<DatabaseSchema>> ReadAsync(CancellationToken cancellationToken) =>
        RunAsync(store => store.SchemaAsync(cancellationToken), store => store.SchemaAsync(cancellationToken));

    private async Task<IReadOnlyList<DatabaseSchema>> RunAsync(
        Func<ILedgerStore, Task<SchemaVersion>> ledger,
        Func<ITranscriptStore, Task<SchemaVersion>> transcripts
    )
    {
        List<DatabaseSchema> schemas = [];
        // The workspace closes the server.
        if (workspace.Options.Ledger.Store is { } server)
        {
            schemas.Add(new("ledger", await ledger(server)));
        }
        else
        {
            await using var file = workspace.Options.Ledger.OpenStore();
            schemas.Add(new("ledger", await ledger(file)));
        }

        // A log that is switched off has no database.
        if (
            workspace.Options.Transcripts?.Invoke()
            is { } log
                and not { Capture: TranscriptCapture.Off, RecordsDenials: false }
        )
        {
            await using var store = log.OpenStore();
            schemas.Add(new("transcripts", await transcripts(store)));
        }

        return schemas;
    }
}
