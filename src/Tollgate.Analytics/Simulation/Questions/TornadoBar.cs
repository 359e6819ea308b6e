namespace Tollgate.Analytics.Simulation.Questions;

/// <summary>A plan's mean charge at both ends of a parameter, with everything else as in the scenario.</summary>
/// <param name="Parameter">The parameter's path.</param>
/// <param name="Low">The parameter's lower value.</param>
/// <param name="High">The parameter's higher value.</param>
/// <param name="MeanAtLow">The mean charge at the lower value.</param>
/// <param name="MeanAtHigh">The mean charge at the higher value.</param>
/// <param name="Mean">The mean charge of the unchanged scenario.</param>
public sealed record TornadoBar(
    string Parameter,
    double Low,
    double High,
    double MeanAtLow,
    double MeanAtHigh,
    double Mean
)
{
    /// <summary>The distance between both ends.</summary>
    public double Swing => Math.Abs(MeanAtHigh - MeanAtLow);
}
