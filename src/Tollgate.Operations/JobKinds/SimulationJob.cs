using Tollgate.Analytics.Simulation;
using Tollgate.Operations.Jobs;
using Tollgate.Operations.Simulations;
using Tollgate.Operations.Simulations.Results;

namespace Tollgate.Operations.JobKinds;

/// <summary>Simulates a scenario. The result is a <see cref="SavedResult"/> with the id of the job.</summary>
public static class SimulationJob
{
    /// <summary>The name of the kind.</summary>
    public const string Kind = "simulation";

    /// <summary>The part of the work that is done when all trials are; the intervals take the rest.</summary>
    private const double TrialShare = 0.9;

    /// <summary>Returns the work. The text of the scenario is checked at once.</summary>
    /// <param name="content">The scenario.</param>
    /// <param name="reader">Reads it.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="OperationException">The scenario is not valid.</exception>
    public static Func<JobContext, Task> Create(
        ScenarioContent content,
        ScenarioContentReader reader,
        TimeProvider time
    )
    {
        var scenario = reader.Read(content);
        return context => RunAsync(scenario, content, reader, time, context);
    }

    private static async Task RunAsync(
        Scenario scenario,
        ScenarioContent content,
        ScenarioContentReader reader,
        TimeProvider time,
        JobContext context
    )
    {
        context.Report(0, "reading usage");
        var input = await reader.AddUsageAsync(scenario, content, context.CancellationToken);
        context.Report(0, "simulating");
        var options = new SimulationOptions
        {
            Threads = JobResults.Threads,
            Clock = time,
            Progress = new JobProgress<SimulationProgress>(at =>
                context.Report(TrialShare * at.TrialsDone / Math.Max(1, at.Trials), "simulating")
            ),
        };
        var result = SimulationOperations.Run(input, options, context.CancellationToken);
        context.CancellationToken.ThrowIfCancellationRequested(); // A canceled run ends with a part.
        context.Report(1, "writing");
        await JobResults.WriteAsync(
            context,
            result with
            {
                Id = context.Id.ToString(),
                SavedAt = time.GetUtcNow(),
                Request = content.Request,
            },
            SimulationJson.Readable.SavedResult
        );
    }
}
