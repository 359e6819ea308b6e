namespace Tollgate.Client.Jobs;

/// <summary>The stage of a job.</summary>
public enum JobStatus
{
    /// <summary>It waits for others to end.</summary>
    Queued,

    /// <summary>It runs.</summary>
    Running,

    /// <summary>It ended, and its result can be read.</summary>
    Succeeded,

    /// <summary>It ended with an error.</summary>
    Failed,

    /// <summary>It was canceled.</summary>
    Canceled,

    /// <summary>The program that ran it ended first.</summary>
    Interrupted,
}
