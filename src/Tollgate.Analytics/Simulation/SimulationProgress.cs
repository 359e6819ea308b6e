namespace Tollgate.Analytics.Simulation;

/// <summary>
/// How far a simulation is, or a question that takes several. Summaries and intervals follow the last trial.
/// </summary>
/// <param name="TrialsDone">Trials that are done.</param>
/// <param name="Trials">All trials that are known to be needed.</param>
/// <param name="TrialsPerSecond">The mean rate so far; 0 before there is one.</param>
/// <param name="TimeLeft">How long the other trials take at this rate; null before there is one.</param>
public readonly record struct SimulationProgress(
    long TrialsDone,
    long Trials,
    double TrialsPerSecond,
    TimeSpan? TimeLeft
);
