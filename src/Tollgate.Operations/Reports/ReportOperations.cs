using Tollgate.Accounting.Usage;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Operations.Reports;

/// <summary>Collects the figures of usage reports, before they are drawn.</summary>
/// <param name="workspace">The ledger.</param>
/// <param name="reach">The usage that the caller may see; no report includes any other.</param>
public sealed class ReportOperations(Workspace workspace, UsageReach reach)
{
    /// <summary>Returns the figures of a period.</summary>
    /// <exception cref="FileNotFoundException">There is no ledger in the folder.</exception>
    public Task<UsageReport> ReadAsync(UsagePeriod period, CancellationToken cancellationToken) =>
        UsageReport.ReadAsync(workspace.OpenQuery().Within(reach), period, workspace.Now, cancellationToken);
}
