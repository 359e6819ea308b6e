using Tollgate.Accounting.AuditTrail;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Operations.Jobs;

/// <summary>Starts and cancels jobs, and records in the audit trail who did.</summary>
/// <param name="workspace">The audit trail.</param>
/// <param name="queue">The jobs of this process.</param>
public sealed class JobOperations(Workspace workspace, JobQueue queue)
{
    /// <summary>The jobs of this process.</summary>
    public JobQueue Queue => queue;

    /// <summary>Starts a job.</summary>
    /// <exception cref="OperationException">Too many jobs wait.</exception>
    public async Task<Job> StartAsync(JobRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var job = queue.Start(request);
        await WriteAsync("job.start", job, request.Actor);
        return job;
    }

    /// <summary>Cancels a job that waits or runs in this process.</summary>
    /// <param name="job">The job.</param>
    /// <param name="actor">The person or program that cancels it.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="OperationException">It has ended, or runs in another process.</exception>
    public async Task CancelAsync(Job job, Actor actor, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!queue.Cancel(job.Id))
            throw new OperationException(
                OperationError.Conflict,
                $"The job {job.Id} has ended, or runs in another process, so it cannot be canceled here.",
                "jobs"
            );
        await WriteAsync("job.cancel", job, actor);
    }

    private Task WriteAsync(string action, Job job, Actor actor) =>
        workspace.AuditTrail.WriteAsync(
            actor,
            new AuditedChange(action, job.Id.ToString(), After: $$"""{"kind":"{{job.Kind}}"}""")
        );
}
