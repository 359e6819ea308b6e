namespace Tollgate.Analytics.Simulation.Questions;

/// <summary>A volume at which two plans charge the same on average.</summary>
/// <param name="Volume">The factor on the scenario's usage.</param>
/// <param name="TokensPerMonth">That usage in tokens.</param>
/// <param name="CheaperBelow">The plan that is cheaper below it.</param>
/// <param name="CheaperAbove">The plan that is cheaper above it.</param>
public sealed record BreakEvenPoint(double Volume, double TokensPerMonth, string CheaperBelow, string CheaperAbove);
