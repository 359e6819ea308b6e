using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Tollgate.Analytics.Simulation.Questions;
using Tollgate.Api.Authorization;
using Tollgate.Api.Composition;
using Tollgate.Api.Contracts;
using Tollgate.Api.Endpoints.Jobs;
using Tollgate.Api.Problems;
using Tollgate.Api.Requests;
using Tollgate.Api.Responses;
using Tollgate.Api.Routing;
using Tollgate.Operations.JobKinds;
using Tollgate.Operations.Jobs;
using Tollgate.Operations.Simulations;
using Tollgate.Operations.Simulations.Results;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Api.Compatibility.TokenAnalytics;

/// <summary>
/// The short routes for simulations, analyses, and collections. They start the same jobs as the routes of jobs, and
/// wait for a moment.
/// </summary>
internal sealed class TokenAnalyticsEndpoints
{
    /// <summary>The time after which a response no longer waits for the result.</summary>
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(10);

    /// <summary>The page has styles in it, and nothing else.</summary>
    private const string PagePolicy =
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private readonly JobQueue _queue;
    private readonly ApiOptions _options;
    private readonly ResultReader _results;
    private readonly SimulationStarter _simulations;

    /// <param name="workspace">The ledger and the prices.</param>
    /// <param name="jobs">The jobs.</param>
    /// <param name="options">The keys of the providers' reports, and the drawing of pages.</param>
    public TokenAnalyticsEndpoints(Workspace workspace, JobOperations jobs, ApiOptions options)
    {
        (_queue, _options, _results) = (jobs.Queue, options, new ResultReader(jobs.Queue));
        _simulations = new SimulationStarter(workspace, jobs);
        var (analyses, reports) = (new AnalysisStarter(workspace, jobs), new ReportStarter(workspace, jobs, options));
        var json = ContractJson.Default;
        All =
        [
            Create(TokenAnalyticsRoutes.Simulation, json.SimulationBody, _simulations.StartAsync),
            Create(TokenAnalyticsRoutes.Simulate, json.SimulationBody, _simulations.StartAsync),
            Create(TokenAnalyticsRoutes.Analysis, json.AnalysisBody, analyses.StartAsync),
            Create(TokenAnalyticsRoutes.Analyze, json.AnalysisBody, analyses.StartAsync),
            Create(TokenAnalyticsRoutes.Collect, json.CollectionBody, reports.CollectAsync),
            new(TokenAnalyticsRoutes.Results, GetResultAsync),
            new(TokenAnalyticsRoutes.Compare, CompareAsync),
            new(TokenAnalyticsRoutes.Optimize, OptimizeAsync),
            new(TokenAnalyticsRoutes.Visualize, VisualizeAsync),
        ];
    }

    /// <summary>The routes with their implementations.</summary>
    public IReadOnlyList<ApiEndpoint> All { get; }

    private ApiEndpoint Create<T>(
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
                var job = await startAsync(request, body, cancellationToken);
                return await _results.RespondAsync(await WaitAsync(request, job, cancellationToken), cancellationToken);
            }
        );

    private async Task<ApiResponse> GetResultAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var job = JobAccess.Find(request, _queue);
        if (job.Kind is not (SimulationJob.Kind or AnalysisJob.Kind or CollectionJob.Kind))
            throw new ProblemException(
                ProblemCode.NotFound,
                $"{job.Id} is a job of the kind {job.Kind}. Its result is at {JobRoutes.Path}/{job.Id}/result."
            );
        JobAccess.RequireData(request, job);
        return await _results.RespondAsync(job, cancellationToken);
    }

    private async Task<ApiResponse> CompareAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var body = await request.ReadBodyAsync(TokenAnalyticsJson.Default.CompareBody, cancellationToken);
        var (job, result) = await _results.ReadSimulationAsync(request, body.SimulationId, cancellationToken);
        return new JsonResponse<ComparisonShape>(
            ComparisonShape.Create(job.Id.ToString(), result.Report),
            TokenAnalyticsJson.Default.ComparisonShape
        );
    }

    private async Task<ApiResponse> OptimizeAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var body = await request.ReadBodyAsync(TokenAnalyticsJson.Default.OptimizeBody, cancellationToken);
        var profile = UserProfileReader.Read(body.UserProfile);
        var (_, result) = await _results.ReadSimulationAsync(request, body.SimulationId, cancellationToken);
        if (profile.UsageVolume is null)
            return Respond(SimulationOperations.Recommend(result, profile));

        // At another volume, bundles and tiers charge another rate, so the months are simulated again.
        var simulation = result.Request!.Value.Deserialize(ContractJson.Default.SimulationBody)!;
        var job = await _simulations.OptimizeAsync(request, simulation, profile, cancellationToken);
        job = await WaitAsync(request, job, cancellationToken);
        if (!job.HasEnded)
            return JobAnswers.Accept(request, job);
        JobAnswers.RequireSuccess(job);
        return Respond(
            (await JobResults.ReadAsync(_queue, job.Id, SimulationJson.Default.Recommendation, cancellationToken))!
        );
    }

    private async Task<ApiResponse> VisualizeAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var id = request.GetPathValue("id");
        var (_, result) = await _results.ReadSimulationAsync(request, id, cancellationToken);
        request.Http.Response.Headers.ContentSecurityPolicy = PagePolicy;
        return new TextResponse(_options.DrawSimulation(result), "text/html; charset=utf-8");
    }

    /// <summary>
    /// Waits for the end of a job, for a moment; not at all if the sender prefers that (RFC 7240,
    /// <c>Prefer: respond-async</c>).
    /// </summary>
    private async Task<Job> WaitAsync(ApiRequest request, Job job, CancellationToken cancellationToken)
    {
        var preference = request.Http.Request.Headers["Prefer"].ToString();
        var wait = preference.Contains("respond-async", StringComparison.OrdinalIgnoreCase) ? TimeSpan.Zero : MaxWait;
        return await _queue.WaitForEndAsync(job, wait, cancellationToken) ?? job;
    }

    private static JsonResponse<OptimizationShape> Respond(Recommendation advice) =>
        new(OptimizationShape.Create(advice), TokenAnalyticsJson.Default.OptimizationShape);
}
