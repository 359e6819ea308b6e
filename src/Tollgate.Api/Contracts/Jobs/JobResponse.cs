using Tollgate.Accounting.AuditTrail;
using Tollgate.Operations.Jobs;

namespace Tollgate.Api.Contracts.Jobs;

/// <summary>A job as the API shows it.</summary>
internal sealed record JobResponse
{
    /// <summary>The id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The use case.</summary>
    public required string Kind { get; init; }

    /// <summary>The stage.</summary>
    public required JobStatus Status { get; init; }

    /// <summary>The part that is done, from 0 to 1.</summary>
    public required double Progress { get; init; }

    /// <summary>The current step, in a few words; null if it has none.</summary>
    public required string? Phase { get; init; }

    /// <summary>Why it failed; null if it did not.</summary>
    public required JobErrorResponse? Error { get; init; }

    /// <summary>The person or program that started it.</summary>
    public required JobActor Actor { get; init; }

    /// <summary>When it was started by its actor.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it left the queue; null if it has not yet.</summary>
    public required DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended; null if it has not yet.</summary>
    public required DateTimeOffset? EndedAt { get; init; }

    /// <summary>Its result; null if there is none.</summary>
    public required JobResultResponse? Result { get; init; }

    /// <summary>Creates the response.</summary>
    /// <param name="job">The job.</param>
    /// <param name="basePath">The path below which the program is published.</param>
    public static JobResponse Create(Job job, string basePath) =>
        new()
        {
            Id = job.Id,
            Kind = job.Kind,
            Status = job.Status,
            Progress = Math.Round(job.Progress, 4),
            Phase = job.HasEnded ? null : job.Phase,
            Error = job.Error is { } message
                ? new JobErrorResponse(job.ErrorKind ?? JobErrorKind.Internal, message)
                : null,
            Actor = new JobActor(job.Actor.Kind, job.Actor.Name),
            CreatedAt = job.CreatedAt,
            StartedAt = job.StartedAt,
            EndedAt = job.EndedAt,
            Result = job is { Status: JobStatus.Succeeded, ResultType: { } type, ResultBytes: { } bytes }
                ? new JobResultResponse($"{basePath}/api/v1/jobs/{job.Id}/result", type, bytes)
                : null,
        };
}

/// <summary>The person or program that started a job.</summary>
internal sealed record JobActor(ActorKind Kind, string Name);

/// <summary>The error of a job.</summary>
/// <param name="Kind">The kind of error for programs.</param>
/// <param name="Message">The error for people.</param>
internal sealed record JobErrorResponse(JobErrorKind Kind, string Message);

/// <summary>The result of a job.</summary>
/// <param name="Href">Its path.</param>
/// <param name="Type">Its media type.</param>
/// <param name="Bytes">Its size in bytes.</param>
internal sealed record JobResultResponse(string Href, string Type, long Bytes);
