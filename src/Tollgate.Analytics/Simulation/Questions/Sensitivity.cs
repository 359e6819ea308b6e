namespace Tollgate.Analytics.Simulation.Questions;

/// <summary>
/// How the charges change with the scenario's numbers. Every point is simulated on the same random numbers.
/// </summary>
public static class Sensitivity
{
    private const int MostPoints = 10_000;

    /// <summary>
    /// Simulates each value of one axis, or each pair of values of two. Where it is stopped, it gives the points that
    /// were done: the first so many.
    /// </summary>
    /// <exception cref="InvalidInputException">There are not one or two axes, an axis is empty or names no number, or a
    /// value cannot be run.</exception>
    /// <exception cref="OperationCanceledException">It was stopped before any point was done.</exception>
    public static IReadOnlyList<SensitivityPoint> Run(
        Scenario scenario,
        IReadOnlyList<SensitivityAxis> axes,
        SimulationOptions? options = null,
        CancellationToken stop = default
    )
    {
        if (axes.Count is not (1 or 2))
            throw new InvalidInputException("axes", $"must be one or two, but are {axes.Count}");
        for (var i = 0; i < axes.Count; i++)
            if (axes[i].Values.Count == 0)
                throw new InvalidInputException($"axes[{i}].values", "is empty: at least one value is needed");
        var count = axes.Aggregate(1L, (product, axis) => product * axis.Values.Count);
        if (count > MostPoints)
            throw new InvalidInputException("axes", $"have more than {MostPoints} points together");
        var points =
            axes.Count == 1
                ? axes[0].Values.Select(value => new[] { value })
                : axes[0].Values.SelectMany(_ => axes[1].Values, (first, second) => new[] { first, second });
        var settings = points.Select(values => (Values: values, Scenario: At(scenario, axes, values))).ToList();
        // Said before the first one runs, not after an hour.
        if (
            settings
                .Select(static setting => setting.Scenario.Problems())
                .FirstOrDefault(static problems => problems.Count > 0) is
            { } problems
        )
            throw new InvalidInputException(problems);
        var runs = new QuestionRuns(count * scenario.Trials, options, stop);
        return runs.UntilStopped(
            settings,
            setting => new SensitivityPoint(setting.Values, runs.Run(setting.Scenario).Plans)
        );
    }

    /// <summary>
    /// Sets one number after the other to both its ends and tells what that does to a plan, the widest swing first.
    /// Where it is stopped, it gives the bars that were done.
    /// </summary>
    /// <exception cref="InvalidInputException">A parameter names no number, or a value cannot be run, or no plan has
    /// that name.</exception>
    /// <exception cref="OperationCanceledException">It was stopped before any bar was done.</exception>
    public static IReadOnlyList<TornadoBar> Tornado(
        Scenario scenario,
        string plan,
        IReadOnlyList<(string Parameter, double Low, double High)> ranges,
        SimulationOptions? options = null,
        CancellationToken stop = default
    )
    {
        var runs = new QuestionRuns((1 + 2L * ranges.Count) * scenario.Trials, options, stop);
        var mean = MeanOf(scenario);
        var bars = runs.UntilStopped(
            ranges,
            range => new TornadoBar(
                range.Parameter,
                range.Low,
                range.High,
                MeanOf(ScenarioParameter.With(scenario, range.Parameter, range.Low)),
                MeanOf(ScenarioParameter.With(scenario, range.Parameter, range.High)),
                mean
            )
        );
        return [.. bars.OrderByDescending(bar => bar.Swing)];

        double MeanOf(Scenario changed) => runs.Run(changed).Plan(plan).Mean;
    }

    private static Scenario At(Scenario scenario, IReadOnlyList<SensitivityAxis> axes, double[] values)
    {
        for (var i = 0; i < axes.Count; i++)
            scenario = ScenarioParameter.With(scenario, axes[i].Parameter, values[i]);
        return scenario;
    }
}
