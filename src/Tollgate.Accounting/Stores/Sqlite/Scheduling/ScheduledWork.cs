namespace Tollgate.Accounting.Stores.Sqlite.Scheduling;

/// <summary>A call that waits for a thread of a <see cref="SqliteScheduler"/>.</summary>
internal abstract class ScheduledWork
{
    /// <summary>The file that it locks; null if it locks none.</summary>
    public abstract string? LockedFile { get; }

    /// <summary>Runs it. Its task is completed by <see cref="Complete"/>.</summary>
    public abstract void Run();

    /// <summary>Completes its task after it has run.</summary>
    public abstract void Complete();

    /// <summary>Completes its task as canceled. It has not run, and never will.</summary>
    public abstract void Cancel();
}

/// <inheritdoc/>
internal sealed class ScheduledWork<T>(Func<T> run, string? lockedFile, CancellationToken cancellationToken)
    : ScheduledWork
{
    // The continuation of a call must not run on the thread that the next call needs.
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Action? _complete;

    public Task<T> Task => _completion.Task;

    public override string? LockedFile => lockedFile;

    public override void Run()
    {
        try
        {
            var result = run();
            _complete = () => _completion.TrySetResult(result);
        }
        catch (OperationCanceledException exception) when (cancellationToken.IsCancellationRequested)
        {
            _complete = () => _completion.TrySetCanceled(exception.CancellationToken);
        }
        catch (Exception exception)
        {
            // The caller receives it with the task; the thread goes on.
            _complete = () => _completion.TrySetException(exception);
        }
    }

    public override void Complete() => _complete!();

    public override void Cancel() =>
        _completion.TrySetCanceled(cancellationToken.IsCancellationRequested ? cancellationToken : new(canceled: true));
}
