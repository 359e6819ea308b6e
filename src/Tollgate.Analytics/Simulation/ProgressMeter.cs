namespace Tollgate.Analytics.Simulation;

/// <summary>Counts trials and reports progress.</summary>
internal sealed class ProgressMeter(SimulationOptions options, long trials)
{
    private readonly long _begin = options.Clock.GetTimestamp();
    private long _trials = trials;
    private long _done;

    /// <summary>Adds trials that turned out to be necessary.</summary>
    public void Expect(long more) => Interlocked.Add(ref _trials, more);

    public void Add(int more)
    {
        var done = Interlocked.Add(ref _done, more);
        if (options.Progress is null)
            return;
        var all = Math.Max(done, Interlocked.Read(ref _trials));
        var elapsed = options.Clock.GetElapsedTime(_begin);
        var rate = elapsed > TimeSpan.Zero ? done / elapsed.TotalSeconds : 0;
        options.Progress.Report(
            new SimulationProgress(
                done,
                all,
                rate,
                rate > 0 ? TimeSpan.FromSeconds(Math.Min((all - done) / rate, 1e9)) : null
            )
        );
    }
}
