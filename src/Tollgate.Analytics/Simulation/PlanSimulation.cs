using Tollgate.Analytics.Threading;

namespace Tollgate.Analytics.Simulation;

/// <summary>Runs scenarios.</summary>
public static class PlanSimulation
{
    /// <summary>
    /// Simulates the scenario on the threads of the options, the caller's among them. A stop ends it after the blocks
    /// that are under way, and the report is about the trials that were done.
    /// </summary>
    /// <exception cref="InvalidInputException">Something is wrong with the scenario; every problem is
    /// named.</exception>
    /// <exception cref="OperationCanceledException">It was stopped before any trial was done.</exception>
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

    /// <summary>As <see cref="Run"/>, on threads of the pool's.</summary>
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
                "The simulation was stopped before its first block of trials was done.",
                stop
            );
        outcomes.Keep(done);
        return outcomes;
    }
}
