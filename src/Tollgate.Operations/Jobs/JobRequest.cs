using Tollgate.Accounting.AuditTrail;

namespace Tollgate.Operations.Jobs;

/// <summary>A job to be started.</summary>
/// <param name="Kind">The use case, such as <c>simulate</c>.</param>
/// <param name="Actor">The person or program that starts it.</param>
/// <param name="Work">The work. Its exceptions end the job; the message of an <see cref="OperationException"/> is
/// shown.</param>
public sealed record JobRequest(string Kind, Actor Actor, Func<JobContext, Task> Work);
