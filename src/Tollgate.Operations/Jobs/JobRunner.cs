using Microsoft.Extensions.Logging;

namespace Tollgate.Operations.Jobs;

/// <summary>Runs jobs, a few at a time, and writes their ends.</summary>
/// <param name="folder">The files of the jobs.</param>
/// <param name="options">The bounds.</param>
/// <param name="time">The clock.</param>
/// <param name="log">The log.</param>
internal sealed partial class JobRunner(JobFolder folder, JobOptions options, TimeProvider time, ILogger log)
    : IDisposable
{
    private readonly SemaphoreSlim _running = new(options.MaxRunning);

    /// <summary>Called when the end of a job is on disk, before anyone is notified.</summary>
    public required Action<Guid> OnEnded { get; init; }

    /// <summary>Runs a job when its turn has come.</summary>
    public async Task RunAsync(ActiveJob active, JobRequest request)
    {
        try
        {
            await _running.WaitAsync(active.CancellationToken);
            try
            {
                await RunNowAsync(active, request.Work);
            }
            finally
            {
                _running.Release();
            }
        }
        catch (OperationCanceledException)
        {
            End(active, active.IsCanceled ? JobStatus.Canceled : JobStatus.Interrupted);
        }
        finally
        {
            request.Upload?.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _running.Dispose();

    private async Task RunNowAsync(ActiveJob active, Func<JobContext, Task> work)
    {
        active.Update(job => job with { Status = JobStatus.Running, StartedAt = time.GetUtcNow() });
        TryAccess(active.Job, folder.Write);
        using var limit = new CancellationTokenSource(options.MaxDuration, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(active.CancellationToken, limit.Token);
        var id = active.Job.Id;
        var context = new JobContext(
            id,
            (progress, phase) => active.Update(job => job with { Progress = progress, Phase = phase }),
            () => new BoundedStream(folder.CreateResult(id), options.MaxResultBytes),
            either.Token
        );
        try
        {
            await work(context);
            active.Update(job => job with { ResultType = context.ResultType, Progress = 1 });
            End(active, JobStatus.Succeeded);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !active.IsCanceled)
        {
            End(
                active,
                JobStatus.Failed,
                (JobErrorKind.TooLong, $"It took longer than {options.MaxDuration.TotalMinutes:0} minutes.")
            );
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            var error = JobErrors.Describe(exception);
            if (error.Kind == JobErrorKind.Internal || exception is IOException or UnauthorizedAccessException)
                LogFailed(active.Job.Kind, id, exception);
            End(active, JobStatus.Failed, error);
        }
    }

    private void End(ActiveJob active, JobStatus status, (JobErrorKind Kind, string Message)? error = null)
    {
        var id = active.Job.Id;
        if (status != JobStatus.Succeeded)
            TryAccess(active.Job, job => folder.RemoveResult(job.Id)); // First: a full disk then has room.
        var ended = active.Job with
        {
            Status = status,
            Error = error?.Message,
            ErrorKind = error?.Kind,
            EndedAt = time.GetUtcNow(),
            ResultBytes = folder.MeasureResult(id),
        };
        // Written before anyone is notified: the next start looks at the files. If it cannot be written, the queue
        // keeps it in memory, and writes it before the next job.
        if (TryAccess(ended, folder.Write))
            OnEnded(id);
        active.Update(_ => ended);
    }

    /// <summary>Returns false if the disk is full, or the folder cannot be written for another reason.</summary>
    private bool TryAccess(Job job, Action<Job> access)
    {
        try
        {
            access(job);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogNotWritten(job.Kind, job.Id, exception);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The files of the job {Kind} {Id} cannot be written")]
    private partial void LogNotWritten(string kind, Guid id, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "The job {Kind} {Id} failed")]
    private partial void LogFailed(string kind, Guid id, Exception exception);
}
