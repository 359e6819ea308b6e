namespace Tollgate.Analytics.Simulation.Questions;

/// <summary>
/// How the charges change with the scenario's numbers. Every point is simulated with the same random numbers.
/// </summary>
public static class Sensitivity
{
    private const int MaxPoints = 10_000;

    /// <summary>
    /// Simulates each value of one axis, or each pair of values of two. If canceled, returns the completed points,
    /// which are always the first ones.
    /// </summary>
    /// <exception cref="InvalidInputException">
    /// There are not one or two axes, an axis is empty or does not name a number, or a value cannot be run.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was canceled before any point was completed.</exception>
    public static IReadOnlyList<SensitivityPoint> Run(
        Scenario scenario,
        IReadOnlyList<SensitivityAxis> axes,
        SimulationOptions? options = null,
        CancellationToken stop = default
    )
    {
        if (axes.Count is not (1 or 2))
            throw new InvalidInputException("axes", $"must be one or two, but there are {axes.Count}");
        for (var i = 0; i < axes.Count; i++)
            if (axes[i].Values.Count == 0)
                throw new InvalidInputException($"axes[{i}].values", "is empty: at least one value is needed");
        var count = axes.Aggregate(1L, (product, axis) => product * axis.Values.Count);
        if (count > MaxPoints)
            throw new InvalidInputException("axes", $"have more than {MaxPoints} points in total");
        var points =
            axes.Count == 1
                ? axes[0].Values.Select(value => new[] { value })
                : axes[0].Values.SelectMany(_ => axes[1].Values, (first, second) => new[] { first, second });
        var settings = points.Select(values => (Values: values, Scenario: At(scenario, axes, values))).ToList();
        // Reported before the first one runs, not after an hour.
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
    /// Sets one number after the other to both its ends and measures the effect on a plan, the widest swing first. If
    /// canceled, returns the completed bars.
    /// </summary>
    /// <exception cref="InvalidInputException">
    /// A parameter does not name a number, a value cannot be run, or the plan does not exist.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was canceled before any bar was completed.</exception>
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
