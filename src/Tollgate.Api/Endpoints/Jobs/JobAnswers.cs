using Microsoft.AspNetCore.Http;
using Tollgate.Api.Contracts;
using Tollgate.Api.Contracts.Jobs;
using Tollgate.Api.Problems;
using Tollgate.Api.Requests;
using Tollgate.Api.Responses;
using Tollgate.Operations.Jobs;

namespace Tollgate.Api.Endpoints.Jobs;

/// <summary>Jobs as responses and as problems.</summary>
internal static class JobAnswers
{
    /// <summary>Returns a job.</summary>
    public static ApiResponse Show(ApiRequest request, Job job) => Create(request, job, StatusCodes.Status200OK);

    /// <summary>Returns a job that was started or is being canceled, with its path.</summary>
    public static ApiResponse Accept(ApiRequest request, Job job) =>
        Create(request, job, StatusCodes.Status202Accepted, $"{JobRoutes.Path}/{job.Id}");

    /// <summary>Throws unless a job has succeeded, with the reason.</summary>
    /// <exception cref="ProblemException">It has not.</exception>
    public static void RequireSuccess(Job job)
    {
        if (job.Status == JobStatus.Succeeded)
            return;
        if (job is { Status: JobStatus.Failed, Error: { } error })
            throw new ProblemException(GetCode(job.ErrorKind), error);
        throw new ProblemException(
            ProblemCode.Conflict,
            job.Status switch
            {
                JobStatus.Canceled => $"The job {job.Id} was canceled. Start it again.",
                JobStatus.Interrupted =>
                    $"The job {job.Id} was interrupted, because the program that ran it ended. Start it again.",
                _ => $"The job {job.Id} has not ended. {JobRoutes.Path}/{job.Id} shows its progress.",
            }
        );
    }

    private static JsonResponse<JobResponse> Create(ApiRequest request, Job job, int status, string? location = null) =>
        new(JobResponse.Create(job, request.Http.Request.PathBase), ContractJson.Default.JobResponse)
        {
            Status = status,
            Location = location,
        };

    private static ProblemCode GetCode(JobErrorKind? kind) =>
        kind switch
        {
            JobErrorKind.Invalid => ProblemCode.InvalidRequest,
            JobErrorKind.NotFound => ProblemCode.NotFound,
            JobErrorKind.Conflict => ProblemCode.Conflict,
            JobErrorKind.Provider => ProblemCode.ProviderFailed,
            JobErrorKind.Unavailable or JobErrorKind.TooLong => ProblemCode.Unavailable,
            _ => ProblemCode.Internal,
        };
}
