namespace Tollgate.Analytics.Simulation;

/// <summary>
/// The progress of a simulation, or of a question that takes several. Summaries and intervals are computed after the
/// last trial.
/// </summary>
/// <param name="TrialsDone">The number of completed trials.</param>
/// <param name="Trials">The number of trials known to be necessary.</param>
/// <param name="TrialsPerSecond">The mean rate so far; 0 if there is none yet.</param>
/// <param name="TimeLeft">The time that the remaining trials take at this rate; null if there is none yet.</param>
public readonly record struct SimulationProgress(
    long TrialsDone,
    long Trials,
    double TrialsPerSecond,
    TimeSpan? TimeLeft
);
