using Tollgate.Accounting.AuditTrail;
using Tollgate.Accounting.ImportExport;
using Tollgate.Accounting.Tracking;
using Tollgate.Analytics.Flows;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Operations.ImportExport;

/// <summary>
/// Records the rows of a file in the ledger. Importing the same file again records nothing twice.
/// </summary>
/// <param name="workspace">The ledger and the prices.</param>
public sealed class ImportOperations(Workspace workspace)
{
    /// <summary>
    /// True if the ledger's database is a server, which alone can tell what was already recorded, and may be
    /// unavailable.
    /// </summary>
    public bool IsSentToServer => workspace.Options.Ledger.Store is not null;

    /// <summary>Imports CSV as exported, or with the columns of <c>accounting_entries</c>.</summary>
    public Task<ImportResult> ImportCsvAsync(TextReader input, Actor actor, CancellationToken cancellationToken) =>
        RunAsync("csv", import => import.CsvAsync(input), actor, cancellationToken);

    /// <summary>Imports the SQLite file of llm-accounting.</summary>
    public Task<ImportResult> ImportLlmAccountingAsync(string path, Actor actor, CancellationToken cancellationToken) =>
        RunAsync("llm-accounting", import => import.LlmAccountingAsync(path), actor, cancellationToken);

    /// <summary>Imports flows.</summary>
    /// <param name="source">The flows.</param>
    /// <param name="model">The model that all of them used; it is not part of the file.</param>
    /// <param name="actor">The actor.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public Task<ImportResult> ImportFlowsAsync(
        FlowSource source,
        string model,
        Actor actor,
        CancellationToken cancellationToken
    ) => RunAsync("flows", import => import.EntriesAsync(FlowImport.Read(source, model)), actor, cancellationToken);

    private async Task<ImportResult> RunAsync(
        string format,
        Func<UsageImport, Task<ImportResult>> run,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        var ledger = await workspace.OpenLedgerAsync(cancellationToken);
        var tracker = new UsageTracker(ledger, workspace.Prices, workspace.Time);
        var result = await run(new UsageImport(ledger, tracker));
        await workspace.AuditTrail.WriteAsync(
            actor,
            new AuditedChange(
                "ledger.import",
                "ledger",
                After: $$"""{"format":"{{format}}","rows":{{result.Rows}},"rejected":{{result.Rejected}}}"""
            )
        );
        return result;
    }
}
