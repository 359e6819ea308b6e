namespace Tollgate.Operations.Jobs;

/// <summary>The bounds of jobs: in number, in time, and on disk.</summary>
public sealed record JobOptions
{
    /// <summary>
    /// The maximum number of jobs that run at once. They share the processor with the gateway's calls.
    /// </summary>
    public int MaxRunning { get; init; } = 1;

    /// <summary>The maximum number of jobs that wait; more are refused.</summary>
    public int MaxQueued { get; init; } = 16;

    /// <summary>
    /// The maximum number of jobs of one person or program that wait or run, so that one cannot keep all others
    /// waiting.
    /// </summary>
    public int MaxPerActor { get; init; } = 8;

    /// <summary>The maximum time that a job runs.</summary>
    public TimeSpan MaxDuration { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>The maximum number of ended jobs that are kept, newest first.</summary>
    public int MaxKept { get; init; } = 200;

    /// <summary>The maximum size in bytes of all results; the oldest are removed.</summary>
    public long MaxResultBytes { get; init; } = 1024L * 1024 * 1024;

    /// <summary>How long an ended job is kept.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(30);
}
