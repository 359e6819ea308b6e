namespace Tollgate.Analytics.Simulation;

/// <summary>Options for running a simulation. None of them changes its result.</summary>
public sealed record SimulationOptions
{
    /// <summary>The number of threads; 0 means one per processor.</summary>
    public int Threads { get; init; }

    /// <summary>Called from the simulation's threads after each block of trials.</summary>
    public IProgress<SimulationProgress>? Progress { get; init; }

    /// <summary>The clock used to report progress.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Counts the trials of several runs together; null if a run counts only its own.</summary>
    internal ProgressMeter? Meter { get; init; }

    internal int ThreadCount => Threads > 0 ? Threads : Environment.ProcessorCount;
}
