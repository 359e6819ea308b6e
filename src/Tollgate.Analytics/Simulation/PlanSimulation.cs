using Tollgate.Analytics.Threading;

namespace Tollgate.Analytics.Simulation;

/// <summary>Runs scenarios.</summary>
public static class PlanSimulation
{
    /// <summary>
    /// Simulates the scenario on the threads of the options, the caller's among them. If canceled, it finishes the
    /// current blocks and reports on the completed trials.
    /// </summary>
    /// <exception cref="InvalidInputException">The scenario is invalid; every problem is named.</exception>
    /// <exception cref="OperationCanceledException">It was canceled before any trial was completed.</exception>
    public static SimulationReport Run(
        Scenario scenario,
        SimulationOptions? options = null,
        CancellationToken stop = default
    )
    {
        options ??= new SimulationOptions();
        var outcomes = Draw(scenario, options, stop);
        return ReportBuilder.Build(scenario, outcomes, options.ThreadCount);
    }

    /// <summary>Like <see cref="Run"/>, on thread pool threads.</summary>
    public static Task<SimulationReport> RunAsync(
        Scenario scenario,
        SimulationOptions? options = null,
        CancellationToken stop = default
    ) => Task.Run(() => Run(scenario, options, stop), CancellationToken.None);

    internal static SimulationOutcomes Draw(Scenario scenario, SimulationOptions options, CancellationToken stop)
    {
        if (scenario.Problems() is { Count: > 0 } problems)
            throw new InvalidInputException(problems);
        var outcomes = new SimulationOutcomes(scenario);
        var pricings = scenario.Plans.Select(plan => plan.Prepare(scenario.Workload)).ToArray();
        var progress = options.Meter ?? new ProgressMeter(options, scenario.Trials);
        var done = WorkQueue.Run(
            outcomes.Blocks,
            options.ThreadCount,
            () =>
            {
                var worker = new BlockWorker(scenario, pricings, outcomes);
                return block =>
                {
                    worker.Run(block);
                    progress.Add(
                        Math.Min(SimulationOutcomes.BlockSize, scenario.Trials - block * SimulationOutcomes.BlockSize)
                    );
                };
            },
            stop
        );
        if (done == 0)
            throw new OperationCanceledException(
                "The simulation was canceled before its first block of trials was completed.",
                stop
            );
        outcomes.TruncateTo(done);
        return outcomes;
    }
}
