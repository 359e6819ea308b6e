using Microsoft.AspNetCore.Http;
using Tollgate.Api.Endpoints.Jobs;
using Tollgate.Api.Problems;
using Tollgate.Api.Requests;
using Tollgate.Api.Responses;
using Tollgate.Operations.Collectors.Collections;
using Tollgate.Operations.JobKinds;
using Tollgate.Operations.Jobs;
using Tollgate.Operations.Samples.Analyses;
using Tollgate.Operations.Simulations.Results;

namespace Tollgate.Api.Compatibility.TokenAnalytics;

/// <summary>Reads the results of jobs in the documented shapes.</summary>
/// <param name="queue">The jobs.</param>
internal sealed class ResultReader(JobQueue queue)
{
    /// <summary>Returns a job as a response: its result, or status 202 as long as it has not ended.</summary>
    /// <exception cref="ProblemException">It failed, or its result was removed.</exception>
    public async Task<ApiResponse> RespondAsync(Job job, CancellationToken cancellationToken)
    {
        if (!job.HasEnded)
            return new JsonResponse<ResultShape>(CreateShape(job), TokenAnalyticsJson.Default.ResultShape)
            {
                Status = StatusCodes.Status202Accepted,
                Location = $"/results/{job.Id}",
            };
        JobAnswers.RequireSuccess(job);
        return new JsonResponse<ResultShape>(
            await ReadAsync(job, cancellationToken),
            TokenAnalyticsJson.Default.ResultShape
        );
    }

    /// <summary>Returns the simulation that a request names.</summary>
    /// <exception cref="ProblemException">There is no such simulation for this sender, or it has not
    /// succeeded.</exception>
    public async Task<(Job Job, SavedResult Result)> ReadSimulationAsync(
        ApiRequest request,
        string id,
        CancellationToken cancellationToken
    )
    {
        var job = JobAccess.Find(request, queue, id);
        if (job.Kind != SimulationJob.Kind)
            throw new ProblemException(
                ProblemCode.NotFound,
                $"There is no simulation '{id}': this is the id of a job of the kind {job.Kind}."
            );
        JobAccess.RequireData(request, job);
        JobAnswers.RequireSuccess(job);
        return (job, await ReadSimulationAsync(job, cancellationToken));
    }

    private async Task<ResultShape> ReadAsync(Job job, CancellationToken cancellationToken)
    {
        var shape = CreateShape(job);
        switch (job.Kind)
        {
            case SimulationJob.Kind:
                var simulation = await ReadSimulationAsync(job, cancellationToken);
                return shape with
                {
                    Results = simulation.Report.Plans.ToDictionary(
                        static plan => plan.Plan,
                        PlanShape.Create,
                        StringComparer.Ordinal
                    ),
                };
            case AnalysisJob.Kind:
                var analysis =
                    await JobResults.ReadAsync(queue, job.Id, AnalysisJson.Default.AnalysisResult, cancellationToken)
                    ?? throw CreateRemoved(job);
                return shape with { Distributions = analysis.Distributions, Correlations = analysis.Correlations };
            default:
                var collection =
                    await JobResults.ReadAsync(queue, job.Id, CollectionJson.Default.Collection, cancellationToken)
                    ?? throw CreateRemoved(job);
                return shape with { Records = collection.Records, Statistics = collection.Statistics };
        }
    }

    private async Task<SavedResult> ReadSimulationAsync(Job job, CancellationToken cancellationToken) =>
        await JobResults.ReadAsync(queue, job.Id, SimulationJson.Default.SavedResult, cancellationToken)
        ?? throw CreateRemoved(job);

    private static ResultShape CreateShape(Job job)
    {
        var id = job.Id.ToString();
        return new ResultShape
        {
            SimulationId = job.Kind == SimulationJob.Kind ? id : null,
            AnalysisId = job.Kind == AnalysisJob.Kind ? id : null,
            CollectionId = job.Kind == CollectionJob.Kind ? id : null,
            Type = job.Kind,
            Status = job.Status.ToString().ToLowerInvariant(),
            Progress = Math.Round(job.Progress, 4),
            Timestamp = job.EndedAt ?? job.CreatedAt,
        };
    }

    private static ProblemException CreateRemoved(Job job) =>
        new(
            ProblemCode.NotFound,
            $"The result of {job.Id} was removed to make room for later ones. Start the {job.Kind} again."
        );
}
