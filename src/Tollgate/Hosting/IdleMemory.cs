namespace Tollgate.Hosting;

/// <summary>
/// Returns memory to the system while there is little to do. The runtime collects garbage only when a few megabytes
/// have been allocated, which takes an idle gateway minutes, and keeps what a burst of calls needed.
/// </summary>
internal sealed class IdleMemory(TimeProvider clock, ILogger<IdleMemory> logger)
    : PeriodicService(Interval, clock, logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    /// <summary>A few hundred calls; less is the gateway itself, looking for changes.</summary>
    private const long MaxIdleBytes = 4 * 1024 * 1024;

    private long _allocated;
    private bool _wasBusy = true;

    /// <inheritdoc/>
    protected override Task RunRoundAsync(CancellationToken cancellationToken)
    {
        var allocated = GC.GetTotalAllocatedBytes();
        var isBusy = allocated - _allocated > MaxIdleBytes;
        if (!isBusy && _wasBusy)
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        else if (!isBusy)
            GC.Collect(generation: 0, GCCollectionMode.Forced, blocking: true); // Takes a fraction of a millisecond.
        (_allocated, _wasBusy) = (allocated, isBusy);
        return Task.CompletedTask;
    }
}
