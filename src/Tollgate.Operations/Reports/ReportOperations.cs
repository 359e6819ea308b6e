using Tollgate.Accounting.Usage;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Operations.Reports;

/// <summary>Collects the figures of usage reports, before they are drawn.</summary>
/// <param name="workspace">The ledger.</param>
public sealed class ReportOperations(Workspace workspace)
{
    /// <summary>Returns the figures of a period.</summary>
    /// <exception cref="FileNotFoundException">There is no ledger in the folder.</exception>
    public Task<UsageReport> ReadAsync(UsagePeriod period, CancellationToken cancellationToken) =>
        UsageReport.ReadAsync(workspace.OpenQuery(), period, workspace.Now, cancellationToken);
}
