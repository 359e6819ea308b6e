namespace Tollgate.Accounting.Limits.Replay;

/// <summary>The effect of a limit on a recorded call.</summary>
public enum ReplayOutcome
{
    /// <summary>The limit does not apply to it.</summary>
    NotConcerned,

    /// <summary>It is within the limit.</summary>
    Admitted,

    /// <summary>The limit would have refused it.</summary>
    Refused,
}
