using Tollgate.Accounting.AuditTrail;
using Tollgate.Accounting.Rerating;
using Tollgate.Operations.Jobs;
using Tollgate.Operations.Json;
using Tollgate.Operations.Prices;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Operations.JobKinds;

/// <summary>Reprices recorded calls. The result is a <see cref="RerateResult"/>.</summary>
public static class RerateJob
{
    /// <summary>The name of the kind.</summary>
    public const string Kind = "rerate";

    /// <summary>Returns the work.</summary>
    /// <param name="workspace">The ledger and the prices.</param>
    /// <param name="scope">The calls.</param>
    /// <param name="actor">The actor of the corrections; null for a preview, which records none.</param>
    public static Func<JobContext, Task> Create(Workspace workspace, RerateScope scope, Actor? actor) =>
        async context =>
        {
            context.Report(0, actor is null ? "comparing prices" : "recording corrections");
            var rerate = new RerateOperations(workspace);
            var report = actor is null
                ? await rerate.PreviewAsync(scope, context.CancellationToken)
                : await rerate.RunAsync(scope, actor, context.CancellationToken);
            await JobResults.WriteAsync(
                context,
                RerateResult.Create(report, actor is not null),
                OperationsJson.Default.RerateResult
            );
        };
}
