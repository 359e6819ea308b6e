using Tollgate.Accounting.AuditTrail;

namespace Tollgate.Operations.Jobs;

/// <summary>A job to be started.</summary>
/// <param name="Kind">The use case, such as <c>simulation</c>.</param>
/// <param name="Actor">The person or program that starts it.</param>
/// <param name="Work">The work. Its exceptions end the job; the message of an <see cref="OperationException"/> is
/// shown.</param>
public sealed record JobRequest(string Kind, Actor Actor, Func<JobContext, Task> Work)
{
    /// <summary>True if its result shows the data of everyone, not only of its sender.</summary>
    public bool ReachesEverything { get; init; }

    /// <summary>The file that it reads, which is removed when it has ended; null if it reads none.</summary>
    public JobUpload? Upload { get; init; }
}
