using System.Collections.Concurrent;
using Tollgate.Accounting.AuditTrail;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Operations.Jobs;

/// <summary>
/// Runs jobs in the background, a few at a time, and keeps their results in the data folder. A job belongs to the
/// process that runs it; if that process ends first, the job is marked as interrupted.
/// </summary>
public sealed class JobQueue : IAsyncDisposable
{
    /// <summary>How often a job of another process is looked at.</summary>
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    /// <summary>The time in which the work of canceled jobs must end when the program stops.</summary>
    private static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(10);

    private readonly JobOptions _options;
    private readonly TimeProvider _time;
    private readonly JobFolder _folder;
    private readonly Guid _owner;
    private readonly FileStream? _lock;
    private readonly JobRunner _runner;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<Guid, ActiveJob> _active = new();
    private readonly Lock _starting = new();
    private readonly List<Actor> _uploads = [];

    /// <summary>Opens the queue, and marks the jobs of processes that have ended as interrupted.</summary>
    /// <param name="workspace">The data folder, the clock, and the log.</param>
    /// <param name="options">The bounds.</param>
    public JobQueue(Workspace workspace, JobOptions options)
    {
        (_options, _time) = (options, workspace.Time);
        _folder = new JobFolder(workspace.Options.Ledger.DataFolder);
        _owner = Guid.CreateVersion7(_time.GetUtcNow());
        _lock = _folder.TryLock(_owner);
        _runner = new JobRunner(_folder, options, _time, workspace.CreateLogger<JobRunner>())
        {
            OnEnded = id => _active.TryRemove(id, out _),
        };
        MarkInterrupted();
        _folder.RemoveAbandonedUploads();
    }

    /// <summary>Starts a job. If it is refused, its upload is removed.</summary>
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
            ReachesEverything = request.ReachesEverything,
        };
        var active = new ActiveJob(job, _stopping.Token);
        try
        {
            lock (_starting)
            {
                RequireRoom(request.Actor);
                WriteEnded();
                RemoveOld(now);
                _folder.Write(job);
                _active[job.Id] = active;
            }
        }
        catch
        {
            request.Upload?.Dispose();
            throw;
        }

        active.Completion = Task.Run(() => _runner.RunAsync(active, request), CancellationToken.None);
        return job;
    }

    /// <summary>Creates a file for a job to read, before the job is started.</summary>
    /// <param name="actor">The person or program that will start it.</param>
    /// <exception cref="OperationException">Too many jobs wait, or too many files.</exception>
    public JobUpload CreateUpload(Actor actor)
    {
        RequireRoom(actor);
        lock (_starting)
        {
            if (_uploads.Count >= _options.MaxQueued + _options.MaxRunning)
                throw CreateFull($"{_uploads.Count} files are being uploaded or wait");
            // Otherwise one sender could keep all others out, by sending files slowly.
            var own = _uploads.Count(sender => sender == actor);
            if (own >= _options.MaxPerActor)
                throw CreateFull($"{own} files of yours are being uploaded or wait");
            _uploads.Add(actor);
        }

        return new JobUpload(
            _folder.CreateUploadPath(_owner, Guid.CreateVersion7(_time.GetUtcNow())),
            () =>
            {
                lock (_starting)
                    _uploads.Remove(actor);
            }
        );
    }

    /// <summary>Returns a job; null if there is none.</summary>
    public Job? Find(Guid id) =>
        _active.TryGetValue(id, out var active) ? active.Job
        : _folder.Find(id) is { } job ? EndIfAbandoned(job)
        : null;

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
            return await PollAsync(id, known, timeout, cancellationToken);
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

    /// <summary>Waits until a job has ended, or a time has passed, and returns it; null if it was removed.</summary>
    /// <param name="job">The job.</param>
    /// <param name="timeout">The maximum time.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public async Task<Job?> WaitForEndAsync(Job job, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var end = _time.GetUtcNow() + timeout;
        var seen = job;
        while (seen is { HasEnded: false } && end - _time.GetUtcNow() is var left && left > TimeSpan.Zero)
            seen = await WaitForChangeAsync(seen.Id, seen, left, cancellationToken);
        return seen;
    }

    /// <summary>Cancels all jobs, and waits for their ends, for a short time.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        try
        {
            await Task.WhenAll(_active.Values.Select(static active => active.Completion)).WaitAsync(StopDeadline);
            _runner.Dispose();
            _stopping.Dispose();
        }
        catch (TimeoutException)
        {
            // Work between two looks at its token. It is interrupted by the end of the process.
        }

        _lock?.Dispose();
    }

    /// <summary>Looks at a job that has ended, or that another process runs.</summary>
    private async Task<Job?> PollAsync(Guid id, Job known, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var found = Find(id);
        if (found is null or { HasEnded: true } || found != known)
            return found;
        await Task.Delay(timeout < PollInterval ? timeout : PollInterval, _time, cancellationToken);
        return Find(id);
    }

    private void RequireRoom(Actor actor)
    {
        var unfinished = _active.Values.Select(static active => active.Job).Where(static job => !job.HasEnded).ToList();
        if (unfinished.Count >= _options.MaxQueued + _options.MaxRunning)
            throw CreateFull($"{unfinished.Count} jobs wait or run");
        var own = unfinished.Count(job => job.Actor == actor);
        if (own >= _options.MaxPerActor)
            throw CreateFull($"{own} jobs of yours wait or run");
    }

    private static OperationException CreateFull(string count) =>
        new(
            OperationError.Conflict,
            $"{count}, the maximum. Start it again when one of them has ended, or cancel one.",
            "jobs"
        );

    /// <summary>Writes the jobs that have ended while their files could not be written.</summary>
    private void WriteEnded()
    {
        foreach (var (id, active) in _active)
        {
            if (!active.Job.HasEnded)
                continue;
            _folder.Write(active.Job);
            _active.TryRemove(id, out _);
        }
    }

    private void MarkInterrupted()
    {
        foreach (var job in _folder.ReadAll())
            EndIfAbandoned(job);
    }

    /// <summary>Returns a job as it is, or as interrupted if the process that ran it has died.</summary>
    private Job EndIfAbandoned(Job job)
    {
        if (job.HasEnded || job.Owner == _owner)
            return job;
        using var free = _folder.TryLock(job.Owner);
        if (free is null)
            return job; // Its process runs it.
        var ended = job with { Status = JobStatus.Interrupted, EndedAt = _time.GetUtcNow() };
        _folder.RemoveResult(job.Id);
        _folder.Write(ended);
        return ended;
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
}
