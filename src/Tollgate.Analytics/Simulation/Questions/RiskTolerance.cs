namespace Tollgate.Analytics.Simulation.Questions;

/// <summary>How much a bad month matters beside a mean one.</summary>
public enum RiskTolerance
{
    /// <summary>A bad month counts in full: weight 1.</summary>
    Low,

    /// <summary>It counts by half: weight 0.5.</summary>
    Medium,

    /// <summary>Only the mean counts: weight 0.</summary>
    High,
}
