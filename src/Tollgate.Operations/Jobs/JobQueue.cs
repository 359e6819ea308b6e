using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Operations.Jobs;

/// <summary>
/// Runs jobs in the background, a few at a time, and keeps their results in the data folder. A job belongs to the
/// process that runs it; if that process ends first, the job is marked as interrupted.
/// </summary>
public sealed partial class JobQueue : IAsyncDisposable
{
    private readonly JobOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly JobFolder _folder;
    private readonly Guid _owner;
    private readonly FileStream? _lock;
    private readonly SemaphoreSlim _running;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<Guid, ActiveJob> _active = new();

    /// <summary>Opens the queue, and marks the jobs of processes that have ended as interrupted.</summary>
    /// <param name="workspace">The data folder, the clock, and the log.</param>
    /// <param name="options">The bounds.</param>
    public JobQueue(Workspace workspace, JobOptions options)
    {
        (_options, _time, _log) = (options, workspace.Time, workspace.CreateLogger<JobQueue>());
        _folder = new JobFolder(workspace.Options.Ledger.DataFolder);
        _owner = Guid.CreateVersion7(_time.GetUtcNow());
        _lock = _folder.TryLock(_owner);
        _running = new SemaphoreSlim(options.MaxRunning);
        MarkInterrupted();
    }

    /// <summary>Starts a job.</summary>
    /// <exception cref="OperationException">Too many jobs wait.</exception>
    public Job Start(JobRequest request)
    {
        var now = _time.GetUtcNow();
        var job = new Job
        {
            Id = Guid.CreateVersion7(now),
            Kind = request.Kind,
            Actor = request.Actor,
            Status = JobStatus.Queued,
            CreatedAt = now,
            Owner = _owner,
        };
        if (_active.Count >= _options.MaxQueued + _options.MaxRunning)
            throw new OperationException(
                OperationError.Conflict,
                $"{_active.Count} jobs wait or run, the maximum. Start it again when one of them has ended.",
                "jobs"
            );
        RemoveOld(now);
        var active = new ActiveJob(job, _stopping.Token);
        _folder.Write(job);
        _active[job.Id] = active;
        active.Completion = Task.Run(() => RunAsync(active, request.Work), CancellationToken.None);
        return job;
    }

    /// <summary>Returns a job; null if there is none.</summary>
    public Job? Find(Guid id) => _active.TryGetValue(id, out var active) ? active.Job : _folder.Find(id);

    /// <summary>Returns all jobs, newest first.</summary>
    public IReadOnlyList<Job> List() => [.. _folder.ReadAll().Select(job => Find(job.Id) ?? job)];

    /// <summary>Cancels a job; returns false if it has ended or runs in another process.</summary>
    public bool Cancel(Guid id)
    {
        if (!_active.TryGetValue(id, out var active))
            return false;
        active.Cancel();
        return true;
    }

    /// <summary>Opens the result of a job; null if there is none.</summary>
    public Stream? OpenResult(Guid id) => _folder.OpenResult(id);

    /// <summary>Waits until a job has changed or ended, or a time has passed, and returns it.</summary>
    /// <param name="id">The job.</param>
    /// <param name="known">The state that the caller has.</param>
    /// <param name="timeout">The maximum time.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public async Task<Job?> WaitForChangeAsync(
        Guid id,
        Job known,
        TimeSpan timeout,
        CancellationToken cancellationToken
    )
    {
        if (!_active.TryGetValue(id, out var active))
            return Find(id);
        var changed = active.Changed; // First: a change after the comparison completes it.
        try
        {
            if (active.Job == known)
                await changed.WaitAsync(timeout, _time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // It has not changed.
        }

        return Find(id);
    }

    /// <summary>Cancels all jobs, and waits for their ends.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_active.Values.Select(static active => active.Completion));
        _running.Dispose();
        _stopping.Dispose();
        _lock?.Dispose();
    }

    private async Task RunAsync(ActiveJob active, Func<JobContext, Task> work)
    {
        try
        {
            await _running.WaitAsync(active.CancellationToken);
            try
            {
                await RunNowAsync(active, work);
            }
            finally
            {
                _running.Release();
            }
        }
        catch (OperationCanceledException)
        {
            End(active, active.IsCanceled ? JobStatus.Canceled : JobStatus.Interrupted, null);
        }
    }

    private async Task RunNowAsync(ActiveJob active, Func<JobContext, Task> work)
    {
        active.Update(job => job with { Status = JobStatus.Running, StartedAt = _time.GetUtcNow() });
        _folder.Write(active.Job);
        using var limit = new CancellationTokenSource(_options.MaxDuration, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(active.CancellationToken, limit.Token);
        var context = new JobContext(
            (progress, phase) => active.Update(job => job with { Progress = progress, Phase = phase }),
            () => _folder.CreateResult(active.Job.Id),
            either.Token
        );
        try
        {
            await work(context);
            active.Update(job => job with { ResultType = context.ResultType, Progress = 1 });
            End(active, JobStatus.Succeeded, null);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !active.IsCanceled)
        {
            End(active, JobStatus.Failed, $"It took longer than {_options.MaxDuration.TotalMinutes:0} minutes.");
        }
        catch (OperationException refused)
        {
            End(active, JobStatus.Failed, refused.Message);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFailed(active.Job.Kind, active.Job.Id, exception);
            End(active, JobStatus.Failed, exception.Message);
        }
    }

    private void End(ActiveJob active, JobStatus status, string? error)
    {
        var id = active.Job.Id;
        if (status != JobStatus.Succeeded)
            _folder.RemoveResult(id);
        var ended = active.Job with
        {
            Status = status,
            Error = error,
            EndedAt = _time.GetUtcNow(),
            ResultBytes = _folder.MeasureResult(id),
        };
        // Written before anyone is notified: the next start looks at the files.
        _folder.Write(ended);
        _active.TryRemove(id, out _);
        active.Update(_ => ended);
    }

    private void MarkInterrupted()
    {
        foreach (var job in _folder.ReadAll().Where(static job => !job.HasEnded))
        {
            using var free = _folder.TryLock(job.Owner);
            if (free is null)
                continue; // Another process runs it.
            _folder.RemoveResult(job.Id);
            _folder.Write(job with { Status = JobStatus.Interrupted, EndedAt = _time.GetUtcNow() });
        }
    }

    /// <summary>Removes ended jobs that are too old, too many, or too large.</summary>
    private void RemoveOld(DateTimeOffset now)
    {
        var (count, bytes) = (0, 0L);
        foreach (var job in _folder.ReadAll().Where(static job => job.HasEnded))
        {
            count++;
            bytes += job.ResultBytes ?? 0;
            if (count > _options.MaxKept || bytes > _options.MaxResultBytes || now - job.CreatedAt > _options.Retention)
                _folder.Remove(job.Id);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The job {Kind} {Id} failed")]
    private partial void LogFailed(string kind, Guid id, Exception exception);
}
