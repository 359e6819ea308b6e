using Tollgate.Accounting.AuditTrail;

namespace Tollgate.Operations.Jobs;

/// <summary>A use case that takes longer than a request, such as a simulation.</summary>
public sealed record Job
{
    /// <summary>The identity (UUIDv7).</summary>
    public required Guid Id { get; init; }

    /// <summary>The use case, such as <c>simulation</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The person or program that started it.</summary>
    public required Actor Actor { get; init; }

    /// <summary>The stage.</summary>
    public required JobStatus Status { get; init; }

    /// <summary>The part that is done, from 0 to 1.</summary>
    public double Progress { get; init; }

    /// <summary>The current step, in a few words; null if it has no steps.</summary>
    public string? Phase { get; init; }

    /// <summary>When it was started by its actor.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it left the queue; null if it has not yet.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended; null if it has not yet.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it failed; null if it did not.</summary>
    public string? Error { get; init; }

    /// <summary>The kind of error; null if it did not fail.</summary>
    public JobErrorKind? ErrorKind { get; init; }

    /// <summary>True if its result shows the data of everyone, not only of its sender.</summary>
    public bool ReachesEverything { get; init; }

    /// <summary>The media type of its result; null if there is none.</summary>
    public string? ResultType { get; init; }

    /// <summary>The size of its result in bytes; null if there is none.</summary>
    public long? ResultBytes { get; init; }

    /// <summary>The process that runs it.</summary>
    public required Guid Owner { get; init; }

    /// <summary>True if it will not change any more.</summary>
    public bool HasEnded => Status > JobStatus.Running;
}
