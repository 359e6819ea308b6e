namespace Tollgate.Analytics.Simulation;

/// <summary>Counts trials and tells how far they are.</summary>
internal sealed class ProgressMeter(SimulationOptions options, int trials)
{
    private readonly long _begin = options.Clock.GetTimestamp();
    private int _done;

    public void Add(int more)
    {
        var done = Interlocked.Add(ref _done, more);
        if (options.Progress is null) return;
        var elapsed = options.Clock.GetElapsedTime(_begin);
        var rate = elapsed > TimeSpan.Zero ? done / elapsed.TotalSeconds : 0;
        options.Progress.Report(new SimulationProgress(
            done, trials, rate, rate > 0 ? TimeSpan.FromSeconds(Math.Min((trials - done) / rate, 1e9)) : null));
    }
}
