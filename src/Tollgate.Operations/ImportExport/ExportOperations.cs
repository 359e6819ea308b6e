using Tollgate.Accounting.ImportExport;
using Tollgate.Accounting.ImportExport.Focus;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Operations.ImportExport;

/// <summary>Writes the records of a period to a file, oldest first.</summary>
/// <param name="workspace">The ledger and the prices.</param>
public sealed class ExportOperations(Workspace workspace)
{
    /// <summary>Writes all fields as CSV with a header, and returns the number of records.</summary>
    public Task<long> WriteCsvAsync(UsagePeriod period, Stream output, CancellationToken cancellationToken) =>
        UsageExport.WriteCsvAsync(ReadAsync(period, cancellationToken), output, cancellationToken);

    /// <summary>Writes one JSON object per line, and returns the number of records.</summary>
    public Task<long> WriteJsonLinesAsync(UsagePeriod period, Stream output, CancellationToken cancellationToken) =>
        UsageExport.WriteJsonLinesAsync(ReadAsync(period, cancellationToken), output, cancellationToken);

    /// <summary>Writes costs by key, model and token type in the format FOCUS 1.2.</summary>
    public Task<FocusResult> WriteFocusAsync(
        UsagePeriod period,
        FocusOptions options,
        Stream output,
        CancellationToken cancellationToken
    ) =>
        new FocusExport(workspace.OpenQuery(), workspace.Prices, options).WriteAsync(period, output, cancellationToken);

    private IAsyncEnumerable<UsageRecord> ReadAsync(UsagePeriod period, CancellationToken cancellationToken) =>
        workspace
            .OpenQuery()
            .ReadAsync(new UsageSelection { Period = period, Order = UsageOrder.OldestFirst }, cancellationToken);
}
