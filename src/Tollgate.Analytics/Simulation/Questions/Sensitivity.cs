namespace Tollgate.Analytics.Simulation.Questions;

/// <summary>How the charges change with the scenario's numbers. Every point is simulated on the same random numbers.</summary>
public static class Sensitivity
{
    private const int MostPoints = 10_000;

    /// <summary>Simulates each value of one axis, or each pair of values of two.</summary>
    /// <exception cref="InvalidInputException">There are not one or two axes, an axis is empty or names no number, or a value cannot be run.</exception>
    /// <exception cref="OperationCanceledException">It was stopped; a part of a grid would mislead.</exception>
    public static IReadOnlyList<SensitivityPoint> Run(
        Scenario scenario, IReadOnlyList<SensitivityAxis> axes, SimulationOptions? options = null, CancellationToken stop = default)
    {
        if (axes.Count is not (1 or 2)) throw new InvalidInputException("axes", $"must be one or two, but are {axes.Count}");
        for (var i = 0; i < axes.Count; i++)
            if (axes[i].Values.Count == 0)
                throw new InvalidInputException($"axes[{i}].values", "is empty: at least one value is needed");
        if (axes.Aggregate(1L, (product, axis) => product * axis.Values.Count) > MostPoints)
            throw new InvalidInputException("axes", $"have more than {MostPoints} points together");
        var points = axes.Count == 1
            ? axes[0].Values.Select(value => new[] { value })
            : axes[0].Values.SelectMany(_ => axes[1].Values, (first, second) => new[] { first, second });
        return [.. points.Select(values => new SensitivityPoint(values, At(scenario, axes, values, options, stop)))];
    }

    /// <summary>Sets one number after the other to both its ends and tells what that does to a plan, the widest swing first.</summary>
    /// <exception cref="InvalidInputException">A parameter names no number, or a value cannot be run, or no plan has that name.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static IReadOnlyList<TornadoBar> Tornado(
        Scenario scenario, string plan, IReadOnlyList<(string Parameter, double Low, double High)> ranges,
        SimulationOptions? options = null, CancellationToken stop = default)
    {
        var mean = MeanOf(scenario);
        return
        [
            .. ranges.Select(range => new TornadoBar(
                range.Parameter, range.Low, range.High,
                MeanOf(ScenarioParameter.With(scenario, range.Parameter, range.Low)),
                MeanOf(ScenarioParameter.With(scenario, range.Parameter, range.High)),
                mean)).OrderByDescending(bar => bar.Swing),
        ];

        double MeanOf(Scenario changed) => Whole(changed, options, stop).Plan(plan).Mean;
    }

    private static IReadOnlyList<PlanSummary> At(
        Scenario scenario, IReadOnlyList<SensitivityAxis> axes, double[] values, SimulationOptions? options, CancellationToken stop)
    {
        for (var i = 0; i < axes.Count; i++) scenario = ScenarioParameter.With(scenario, axes[i].Parameter, values[i]);
        return Whole(scenario, options, stop).Plans;
    }

    private static SimulationReport Whole(Scenario scenario, SimulationOptions? options, CancellationToken stop)
    {
        var report = PlanSimulation.Run(scenario with { Resamples = 0 }, options, stop);
        stop.ThrowIfCancellationRequested();
        return report;
    }
}
