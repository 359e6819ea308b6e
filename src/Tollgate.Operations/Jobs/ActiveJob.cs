namespace Tollgate.Operations.Jobs;

/// <summary>A job that waits or runs in this process.</summary>
internal sealed class ActiveJob
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _canceled;
    private TaskCompletionSource _changed = CreateSource();
    private volatile Job _job;

    public ActiveJob(Job job, CancellationToken stopping)
    {
        _job = job;
        _canceled = CancellationTokenSource.CreateLinkedTokenSource(stopping);
    }

    /// <summary>The current state.</summary>
    public Job Job => _job;

    /// <summary>Ends when the job has ended.</summary>
    public Task Completion { get; set; } = Task.CompletedTask;

    /// <summary>Canceled when the job is canceled or the program stops.</summary>
    public CancellationToken CancellationToken => _canceled.Token;

    /// <summary>True if the job was canceled by a person or program.</summary>
    public bool IsCanceled { get; private set; }

    /// <summary>Completes at the next change.</summary>
    public Task Changed
    {
        get
        {
            lock (_lock)
                return _changed.Task;
        }
    }

    /// <summary>Cancels the job.</summary>
    public void Cancel()
    {
        IsCanceled = true;
        _canceled.Cancel();
    }

    /// <summary>Changes the state, and notifies those that wait for a change.</summary>
    public void Update(Func<Job, Job> change)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            _job = change(_job);
            (changed, _changed) = (_changed, CreateSource());
        }

        changed.SetResult();
    }

    private static TaskCompletionSource CreateSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
