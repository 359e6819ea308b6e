namespace Tollgate.Analytics.Simulation.Questions;

/// <summary>
/// The simulations of one question: each is complete or not run at all; they share their progress, and cancellation
/// keeps the completed ones.
/// </summary>
internal sealed class QuestionRuns
{
    private readonly SimulationOptions _options;
    private readonly CancellationToken _stop;
    private readonly ProgressMeter _meter;

    public QuestionRuns(long trials, SimulationOptions? options, CancellationToken stop)
    {
        options ??= new SimulationOptions();
        _meter = new ProgressMeter(options, trials);
        _options = options with { Meter = _meter };
        _stop = stop;
    }

    /// <summary>Adds trials that turned out to be necessary.</summary>
    public void Expect(long trials) => _meter.Expect(trials);

    /// <summary>
    /// A report of all the scenario's trials, without resamples. A report of fewer trials would not be comparable.
    /// </summary>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    public SimulationReport Run(Scenario scenario)
    {
        var report = PlanSimulation.Run(scenario with { Resamples = 0 }, _options, _stop);
        return report.IsComplete ? report : throw new OperationCanceledException("The simulation was canceled.", _stop);
    }

    /// <summary>The result for each item; if canceled, those that were completed.</summary>
    /// <exception cref="OperationCanceledException">It was canceled before the first was completed.</exception>
    public IReadOnlyList<TResult> UntilStopped<TItem, TResult>(IEnumerable<TItem> items, Func<TItem, TResult> ask)
    {
        var done = new List<TResult>();
        foreach (var item in items)
        {
            try
            {
                done.Add(ask(item));
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested && done.Count > 0)
            {
                break;
            }
        }

        return done;
    }
}
