namespace Tollgate.Analytics.Simulation.Questions;

/// <summary>The weight of a bad month compared with a mean one.</summary>
public enum RiskTolerance
{
    /// <summary>A bad month counts in full: weight 1.</summary>
    Low,

    /// <summary>It counts half: weight 0.5.</summary>
    Medium,

    /// <summary>Only the mean counts: weight 0.</summary>
    High,
}
