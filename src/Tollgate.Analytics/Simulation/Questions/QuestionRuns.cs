namespace Tollgate.Analytics.Simulation.Questions;

/// <summary>
/// The simulations of one question: whole or not at all, counted together, and ended by a stop with what was done.
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

    /// <summary>More trials turned out to be needed.</summary>
    public void Expect(long trials) => _meter.Expect(trials);

    /// <summary>
    /// A report of all the scenario's trials, without resamples. One of fewer would not compare with the others.
    /// </summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public SimulationReport Run(Scenario scenario)
    {
        var report = PlanSimulation.Run(scenario with { Resamples = 0 }, _options, _stop);
        return report.IsComplete ? report : throw new OperationCanceledException("The question was stopped.", _stop);
    }

    /// <summary>What each item gives; after a stop those that were done.</summary>
    /// <exception cref="OperationCanceledException">It was stopped before the first was done.</exception>
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
