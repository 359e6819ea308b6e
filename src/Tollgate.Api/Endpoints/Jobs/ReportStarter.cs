using Tollgate.Api.Composition;
using Tollgate.Api.Contracts.Jobs;
using Tollgate.Api.Requests;
using Tollgate.Identity.Permissions;
using Tollgate.Operations;
using Tollgate.Operations.Collectors.Sources;
using Tollgate.Operations.JobKinds;
using Tollgate.Operations.Jobs;
using Tollgate.Operations.Reconciliation;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Api.Endpoints.Jobs;

/// <summary>
/// Starts jobs on the providers' own reports. Neither addresses nor files of reports come from a request: the keys
/// would be sent to them.
/// </summary>
/// <param name="workspace">The ledger.</param>
/// <param name="jobs">The jobs.</param>
/// <param name="options">Has the keys of the reports.</param>
internal sealed class ReportStarter(Workspace workspace, JobOperations jobs, ApiOptions options)
{
    private static readonly ReconciliationDimension[] DefaultDimensions =
    [
        ReconciliationDimension.Day,
        ReconciliationDimension.Model,
    ];

    /// <summary>Starts a collection.</summary>
    /// <exception cref="OperationException">The body is not valid, a key is missing, or too many jobs
    /// wait.</exception>
    public Task<Job> CollectAsync(ApiRequest request, CollectionBody body, CancellationToken cancellationToken)
    {
        var providers = body.Providers is { Count: > 0 } named ? named : [CollectRequest.AllProviders];
        foreach (var provider in providers)
            RequireProvider("providers", provider, body.Providers is { Count: > 0 });
        var requests = providers
            .Distinct(StringComparer.Ordinal)
            .Select(provider => CreateRequest(provider, body.StartDate, body.EndDate))
            .ToList();
        return StartAsync(request, CollectionJob.Kind, CollectionJob.Create(workspace, requests), cancellationToken);
    }

    /// <summary>Starts a reconciliation.</summary>
    /// <exception cref="OperationException">The body is not valid, a key is missing, or too many jobs
    /// wait.</exception>
    public Task<Job> ReconcileAsync(ApiRequest request, ReconciliationBody body, CancellationToken cancellationToken)
    {
        JobAccess.Require(request, Permission.UsageRead, "A reconciliation");
        if (body.WriteCorrections == true)
            JobAccess.Require(request, Permission.PricesWrite, "Recording corrections");
        RequireProvider("provider", body.Provider, isNamed: true);
        var by = body.By is { Count: > 0 } named ? named : DefaultDimensions;
        var reconciliation = new ReconciliationRequest
        {
            Report = CreateRequest(body.Provider, body.StartDate, body.EndDate),
            ByDay = by.Contains(ReconciliationDimension.Day),
            ByModel = by.Contains(ReconciliationDimension.Model),
            ByKey = by.Contains(ReconciliationDimension.Key),
            Keys = body.Keys ?? new Dictionary<string, string>(),
            Tolerance = body.Tolerance ?? 0,
        };
        var corrector = body.WriteCorrections == true ? request.Actor : null;
        return StartAsync(
            request,
            ReconciliationJob.Kind,
            ReconciliationJob.Create(workspace, reconciliation, corrector),
            cancellationToken
        );
    }

    private Task<Job> StartAsync(
        ApiRequest request,
        string kind,
        Func<JobContext, Task> work,
        CancellationToken cancellationToken
    ) => jobs.StartAsync(new JobRequest(kind, request.Actor, work) { ReachesEverything = true }, cancellationToken);

    private CollectRequest CreateRequest(string provider, string start, string end)
    {
        var (from, to) = PeriodFields.ReadDays(start, end);
        return new CollectRequest
        {
            Provider = provider,
            From = from,
            To = to,
            FindVariable = options.FindVariable,
        };
    }

    private static void RequireProvider(string field, string provider, bool isNamed)
    {
        if (isNamed && !CollectorOperations.Providers.Contains(provider))
            throw new OperationException(
                OperationError.Invalid,
                $"{field} must be one of {string.Join(", ", CollectorOperations.Providers)}, not '{provider}'."
            )
            {
                Field = field,
            };
    }
}
