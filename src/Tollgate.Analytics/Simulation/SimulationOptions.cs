namespace Tollgate.Analytics.Simulation;

/// <summary>How a simulation is run. Nothing here changes its result.</summary>
public sealed record SimulationOptions
{
    /// <summary>Threads; as many as there are processors where 0.</summary>
    public int Threads { get; init; }

    /// <summary>Told from the simulation's threads after each block of trials.</summary>
    public IProgress<SimulationProgress>? Progress { get; init; }

    /// <summary>The clock that progress is told by.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Counts the trials of several runs together; null where a run counts its own.</summary>
    internal ProgressMeter? Meter { get; init; }

    internal int ThreadCount => Threads > 0 ? Threads : Environment.ProcessorCount;
}
