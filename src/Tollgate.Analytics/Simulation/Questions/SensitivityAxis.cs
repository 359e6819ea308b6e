namespace Tollgate.Analytics.Simulation.Questions;

/// <summary>A number of the scenario and the values that it is set to.</summary>
/// <param name="Parameter">The path, as in <see cref="ScenarioParameter"/>.</param>
/// <param name="Values">The values.</param>
public sealed record SensitivityAxis(string Parameter, IReadOnlyList<double> Values)
{
    /// <summary>Evenly spaced values, including both ends.</summary>
    public static SensitivityAxis Between(string parameter, double from, double to, int points) =>
        new(
            parameter,
            [.. Enumerable.Range(0, points).Select(i => points == 1 ? from : from + (to - from) * i / (points - 1))]
        );
}
