namespace Tollgate.Client.Jobs;

/// <summary>A job: work in the background.</summary>
public sealed record Job
{
    /// <summary>The id.</summary>
    public Guid Id { get; init; }

    /// <summary>The use case, such as <c>simulation</c>.</summary>
    public string Kind { get; init; } = "";

    /// <summary>The stage.</summary>
    public JobStatus Status { get; init; }

    /// <summary>The part that is done, from 0 to 1.</summary>
    public double Progress { get; init; }

    /// <summary>The current step, in a few words; null if it has none.</summary>
    public string? Phase { get; init; }

    /// <summary>Why it failed; null if it did not.</summary>
    public JobError? Error { get; init; }

    /// <summary>When it was started.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it left the queue; null if it has not yet.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended; null if it has not yet.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Its result; null if there is none.</summary>
    public JobResult? Result { get; init; }

    /// <summary>True if it will not change any more.</summary>
    public bool HasEnded => Status > JobStatus.Running;
}

/// <summary>Why a job failed.</summary>
/// <param name="Kind">The kind of error for programs, such as <c>provider</c>.</param>
/// <param name="Message">The error for people.</param>
public sealed record JobError(string Kind, string Message);

/// <summary>The result of a job.</summary>
/// <param name="Href">Its path.</param>
/// <param name="Type">Its media type.</param>
/// <param name="Bytes">Its size in bytes.</param>
public sealed record JobResult(string Href, string Type, long Bytes);
