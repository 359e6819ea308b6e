namespace Tollgate.Operations.Jobs;

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

    /// <summary>It was canceled by a person or program.</summary>
    Canceled,

    /// <summary>The process that ran it ended first.</summary>
    Interrupted,
}
