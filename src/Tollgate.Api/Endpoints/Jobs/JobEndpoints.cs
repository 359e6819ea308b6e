using System.Runtime.CompilerServices;
using System.Text.Json;
using Tollgate.Api.Contracts;
using Tollgate.Api.Contracts.Jobs;
using Tollgate.Api.Endpoints.Streams;
using Tollgate.Api.Problems;
using Tollgate.Api.Requests;
using Tollgate.Api.Responses;
using Tollgate.Api.Routing;
using Tollgate.Operations.Jobs;

namespace Tollgate.Api.Endpoints.Jobs;

/// <summary>Jobs that exist: their progress, their results, and their cancellation.</summary>
/// <param name="jobs">The jobs.</param>
/// <param name="time">The clock of event streams.</param>
internal sealed class JobEndpoints(JobOperations jobs, TimeProvider time)
{
    /// <summary>How often a stream checks that its reader may still read it.</summary>
    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(1);

    private readonly JobQueue _queue = jobs.Queue;
    private readonly EventReaders _readers = new();

    /// <summary>The routes with their implementations.</summary>
    public IReadOnlyList<ApiEndpoint> All =>
        [
            new(JobRoutes.List, ListAsync),
            new(JobRoutes.Get, GetAsync),
            new(JobRoutes.GetResult, GetResultAsync),
            new(JobRoutes.Watch, WatchAsync),
            new(JobRoutes.Cancel, CancelAsync),
        ];

    private Task<ApiResponse> ListAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var (limit, kind, status) = (
            request.Get(JobRoutes.Limit),
            request.Get(JobRoutes.Kind),
            request.Get(JobRoutes.Status)
        );
        var after = ParsePosition(request.Get(JobRoutes.After));
        var found = _queue
            .List()
            .Where(job =>
                JobAccess.IsVisible(request, job)
                && (kind is null || job.Kind == kind)
                && (status is null || job.Status == status)
                && (after is null || string.CompareOrdinal(job.Id.ToString("N"), after) < 0)
            )
            .Take(limit + 1)
            .ToList();
        var page = new ListPage<JobResponse>(
            [.. found.Take(limit).Select(job => JobResponse.Create(job, request.Http.Request.PathBase))],
            found.Count > limit ? found[limit - 1].Id.ToString("N") : null
        );
        return Task.FromResult<ApiResponse>(new ListResponse<JobResponse>(page, ContractJson.Default.JobResponse));
    }

    private Task<ApiResponse> GetAsync(ApiRequest request, CancellationToken cancellationToken) =>
        Task.FromResult<ApiResponse>(JobAnswers.Show(request, JobAccess.Find(request, _queue)));

    private Task<ApiResponse> GetResultAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var job = JobAccess.Find(request, _queue);
        JobAccess.RequireData(request, job);
        JobAnswers.RequireSuccess(job);
        if (job.ResultType is not { } type || _queue.OpenResult(job.Id) is not { } result)
            throw new ProblemException(
                ProblemCode.NotFound,
                $"The job {job.Id} has no result, or it was removed to make room for later ones. Start it again."
            );
        return Task.FromResult<ApiResponse>(new FileResponse(result, type, GetFileName(job, type)));
    }

    private Task<ApiResponse> WatchAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var job = JobAccess.Find(request, _queue);
        _readers.Enter(request);
        return Task.FromResult<ApiResponse>(
            new EventStreamResponse(ReadEventsAsync(request, job, cancellationToken), time)
        );
    }

    private async Task<ApiResponse> CancelAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var job = JobAccess.Find(request, _queue);
        await jobs.CancelAsync(job, request.Actor, cancellationToken);
        return JobAnswers.Accept(request, _queue.Find(job.Id) ?? job);
    }

    /// <summary>Returns the state of a job now and after each change, until it has ended.</summary>
    private async IAsyncEnumerable<ServerEvent> ReadEventsAsync(
        ApiRequest request,
        Job job,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var seen = job;
        for (var count = 1; ; count++)
        {
            yield return CreateEvent(request, seen, count);
            var known = seen;
            while (!known.HasEnded && seen == known)
            {
                if (await _queue.WaitForChangeAsync(seen.Id, seen, CheckInterval, cancellationToken) is not { } next)
                    yield break; // It was removed.
                if (await request.FindSenderAsync(cancellationToken) is null)
                    yield break;
                seen = next;
            }

            if (known.HasEnded)
                yield break;
        }
    }

    private static ServerEvent CreateEvent(ApiRequest request, Job job, int count) =>
        new(
            FormattableString.Invariant($"{count}"),
            job.HasEnded ? "end" : "progress",
            JsonSerializer.Serialize(
                JobResponse.Create(job, request.Http.Request.PathBase),
                ContractJson.Default.JobResponse
            )
        );

    private static string GetFileName(Job job, string type)
    {
        var extension = type.Split(';')[0] switch
        {
            "text/csv" => "csv",
            "application/json" => "json",
            "application/jsonl" => "jsonl",
            "application/vnd.apache.parquet" => "parquet",
            _ => "bin",
        };
        return $"tollgate-{job.Kind}-{job.CreatedAt.UtcDateTime:yyyyMMdd-HHmmss}.{extension}";
    }

    private static string? ParsePosition(string? text)
    {
        if (text is null)
            return null;
        return Guid.TryParseExact(text, "N", out var id)
            ? id.ToString("N")
            : throw ProblemException.Invalid(
                new ProblemError
                {
                    Parameter = JobRoutes.After.Name,
                    Code = "invalid_value",
                    Message = "after must be the page.next of an earlier page of this list. Start again without it.",
                }
            );
    }
}
