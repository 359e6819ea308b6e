namespace Tollgate.Analytics.Simulation;

/// <summary>
/// The risk of the worst trials. Both are exact by the definitions of <see cref="Statistics.RiskMeasures"/>.
/// </summary>
/// <param name="Level">The probability outside the tail, such as 0.95.</param>
/// <param name="ValueAtRisk">The smallest charge that is not exceeded with that probability.</param>
/// <param name="ConditionalValueAtRisk">The mean charge in the tail.</param>
public sealed record TailRisk(double Level, double ValueAtRisk, double ConditionalValueAtRisk);
