namespace Tollgate.Analytics.Simulation.Questions;

/// <summary>What a plan's mean charge is at both ends of a parameter, everything else as in the scenario.</summary>
/// <param name="Parameter">The parameter's path.</param>
/// <param name="Low">The parameter's lower value.</param>
/// <param name="High">The parameter's higher value.</param>
/// <param name="MeanAtLow">The mean charge at the lower value.</param>
/// <param name="MeanAtHigh">The mean charge at the higher value.</param>
/// <param name="Mean">The mean charge of the scenario as it is.</param>
public sealed record TornadoBar(
    string Parameter,
    double Low,
    double High,
    double MeanAtLow,
    double MeanAtHigh,
    double Mean
)
{
    /// <summary>How far apart both ends are.</summary>
    public double Swing => Math.Abs(MeanAtHigh - MeanAtLow);
}
