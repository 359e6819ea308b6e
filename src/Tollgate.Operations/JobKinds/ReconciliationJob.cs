using Tollgate.Accounting.AuditTrail;
using Tollgate.Operations.Collectors.Sources;
using Tollgate.Operations.Jobs;
using Tollgate.Operations.Json;
using Tollgate.Operations.Reconciliation;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Operations.JobKinds;

/// <summary>
/// Compares the ledger with a provider's own report, and corrects it if that is requested. The result is a
/// <see cref="ReconciliationJobResult"/>.
/// </summary>
public static class ReconciliationJob
{
    /// <summary>The name of the kind.</summary>
    public const string Kind = "reconciliation";

    /// <summary>Returns the work. The provider, its key, and the period are checked at once.</summary>
    /// <param name="workspace">The ledger.</param>
    /// <param name="request">The comparison.</param>
    /// <param name="corrector">The actor of the corrections; null to record none.</param>
    /// <exception cref="OperationException">The request is not valid, or the provider has no key.</exception>
    public static Func<JobContext, Task> Create(Workspace workspace, ReconciliationRequest request, Actor? corrector)
    {
        CollectorOperations.Check(request.Report);
        FieldRules.RequireRange("tolerance", request.Tolerance, 0, 1);
        return async context =>
        {
            var operations = new ReconciliationOperations(workspace);
            context.Report(0, $"comparing with {request.Report.Provider}");
            var compared = await operations.CompareAsync(request, context.CancellationToken);
            var result = new ReconciliationJobResult(compared.IsMatch, compared);
            if (corrector is not null)
            {
                context.Report(0.8, "recording corrections");
                var plan = await operations.PlanCorrectionsAsync(compared, context.CancellationToken);
                result = result with
                {
                    Corrections =
                        plan.Count == 0 ? 0 : await operations.CorrectAsync(plan, corrector, context.CancellationToken),
                    NotFinal = plan.NotFinal,
                };
            }

            await JobResults.WriteAsync(context, result, OperationsJson.Default.ReconciliationJobResult);
        };
    }
}
