using System.Text.Json.Serialization.Metadata;
using Tollgate.Api.Authorization;
using Tollgate.Api.Composition;
using Tollgate.Api.Contracts;
using Tollgate.Api.Requests;
using Tollgate.Api.Responses;
using Tollgate.Api.Routing;
using Tollgate.Operations.Flows;
using Tollgate.Operations.JobKinds;
using Tollgate.Operations.Jobs;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Api.Endpoints.Jobs;

/// <summary>The routes that start jobs.</summary>
internal sealed class JobStartEndpoints
{
    private readonly JobOperations _jobs;
    private readonly FlowOperations _flows;

    /// <param name="workspace">The ledger and the prices.</param>
    /// <param name="jobs">The jobs.</param>
    /// <param name="options">The keys of the providers' reports.</param>
    public JobStartEndpoints(Workspace workspace, JobOperations jobs, ApiOptions options)
    {
        (_jobs, _flows) = (jobs, new FlowOperations(workspace));
        var (ledger, reports) = (new LedgerJobStarter(workspace, jobs), new ReportStarter(workspace, jobs, options));
        var json = ContractJson.Default;
        All =
        [
            Create(JobStartRoutes.Simulation, json.SimulationBody, new SimulationStarter(workspace, jobs).StartAsync),
            Create(JobStartRoutes.Analysis, json.AnalysisBody, new AnalysisStarter(workspace, jobs).StartAsync),
            Create(JobStartRoutes.Collection, json.CollectionBody, reports.CollectAsync),
            new(JobStartRoutes.Flows, AnalyzeFlowsAsync),
            Create(JobStartRoutes.Reconciliation, json.ReconciliationBody, reports.ReconcileAsync),
            Create(JobStartRoutes.Reconciliations, json.ReconciliationBody, reports.ReconcileAsync),
            Create(JobStartRoutes.Export, json.ExportBody, ledger.ExportAsync),
            Create(JobStartRoutes.Rerate, json.RerateBody, ledger.RerateAsync),
        ];
    }

    /// <summary>The routes with their implementations.</summary>
    public IReadOnlyList<ApiEndpoint> All { get; }

    private static ApiEndpoint Create<T>(
        ApiRoute route,
        JsonTypeInfo<T> type,
        Func<ApiRequest, T, CancellationToken, Task<Job>> startAsync
    )
        where T : class =>
        new(
            route,
            async (request, cancellationToken) =>
            {
                var body = await request.ReadBodyAsync(type, cancellationToken);
                return JobAnswers.Accept(request, await startAsync(request, body, cancellationToken));
            }
        );

    private async Task<ApiResponse> AnalyzeFlowsAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var csv = JobStartRoutes.Flows.BodyType!;
        UploadReader.RequireType(request.Http.Request, csv);
        var options = FlowParameters.Read(request, _flows);
        var upload = _jobs.Queue.CreateUpload(request.Actor);
        try
        {
            await using (var file = upload.Create())
                await UploadReader.CopyAsync(request.Http.Request, csv, file, cancellationToken);
        }
        catch
        {
            upload.Dispose();
            throw;
        }

        // From here on, the job removes the file.
        var work = FlowsJob.Create(upload, options, FlowParameters.ReadZone(request));
        return JobAnswers.Accept(
            request,
            await _jobs.StartAsync(
                new JobRequest(FlowsJob.Kind, request.Actor, work) { Upload = upload },
                cancellationToken
            )
        );
    }
}
