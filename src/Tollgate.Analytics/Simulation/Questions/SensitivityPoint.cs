namespace Tollgate.Analytics.Simulation.Questions;

/// <summary>The plans at one setting.</summary>
/// <param name="Values">The values of the parameters, in the order of the axes.</param>
/// <param name="Plans">The plans' summaries, without resamples.</param>
public sealed record SensitivityPoint(IReadOnlyList<double> Values, IReadOnlyList<PlanSummary> Plans);
