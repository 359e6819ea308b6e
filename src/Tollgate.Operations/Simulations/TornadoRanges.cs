using Tollgate.Analytics;
using Tollgate.Analytics.Simulation;
using Tollgate.Analytics.Simulation.Questions;
using Tollgate.Analytics.Statistics.Distributions;
using Tollgate.Analytics.Workloads;

namespace Tollgate.Operations.Simulations;

/// <summary>The numbers that a tornado varies: those of the workload and of the plan, if both ends are valid.</summary>
internal static class TornadoRanges
{
    /// <summary>Returns the ranges, and notes on what was skipped.</summary>
    /// <exception cref="InvalidInputException">There is no plan with this name.</exception>
    public static (
        IReadOnlyList<(string Parameter, double Low, double High)> Ranges,
        IReadOnlyList<string> Left
    ) Create(Scenario scenario, string plan, double share)
    {
        if (scenario.Plans.All(other => other.Name != plan))
            throw new InvalidInputException(
                "plan",
                $"'{plan}' is unknown: "
                    + $"it must be one of {string.Join(", ", scenario.Plans.Select(static other => other.Name))}"
            );
        var ranges = new List<(string, double, double)>();
        var left = new List<string>();
        foreach (
            var path in ScenarioParameter
                .Paths(scenario)
                .Where(path =>
                    path.StartsWith("workload.", StringComparison.Ordinal)
                    || path.StartsWith($"plans[{plan}]", StringComparison.Ordinal)
                )
        )
        {
            var value = ScenarioParameter.Get(scenario, path);
            if (value == 0 || path.StartsWith("workload.week.", StringComparison.Ordinal))
                continue;
            var (low, high) = Ends(scenario, path, value, share);
            var atLow = Reason(scenario, path, low);
            // A share may reach its bound before the range does.
            if (Reason(scenario, path, high) is not null && value <= 1 && Reason(scenario, path, 1) is null)
                high = 1;
            var reason = atLow ?? Reason(scenario, path, high);
            if (reason is null)
                ranges.Add((path, low, high));
            else
                left.Add($"Skipped: {reason}");
        }

        return (ranges, left);
    }

    /// <summary>A lognormal's mu is a logarithm: it is shifted so that the mean changes by the share.</summary>
    private static (double Low, double High) Ends(Scenario scenario, string path, double value, double share) =>
        path.EndsWith(".mu", StringComparison.Ordinal)
        && Law(scenario.Workload, path.Split('.')[1]) is Lognormal
        && share < 1
            ? (value + Math.Log(1 - share), value + Math.Log(1 + share))
            : (value * (1 - share), value * (1 + share));

    private static object? Law(Workload workload, string name) =>
        typeof(Workload)
            .GetProperties()
            .FirstOrDefault(property => property.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?.GetValue(workload);

    private static string? Reason(Scenario scenario, string path, double value)
    {
        try
        {
            return ScenarioParameter.With(scenario, path, value).Problems() is [var problem, ..]
                ? problem.ToString()
                : null;
        }
        catch (InvalidInputException refused)
        {
            return refused.Message;
        }
    }
}
