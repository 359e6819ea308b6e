using Tollgate.Analytics.Simulation;
using Tollgate.Analytics.Simulation.Questions;
using Tollgate.Operations.Jobs;
using Tollgate.Operations.Simulations;
using Tollgate.Operations.Simulations.Results;

namespace Tollgate.Operations.JobKinds;

/// <summary>
/// Repeats a simulation at the volume of a profile, and recommends a plan. The result is a
/// <see cref="Recommendation"/>.
/// </summary>
public static class OptimizationJob
{
    /// <summary>The name of the kind.</summary>
    public const string Kind = "optimization";

    /// <summary>Returns the work. The text of the scenario is checked at once.</summary>
    /// <param name="content">The scenario.</param>
    /// <param name="reader">Reads it.</param>
    /// <param name="profile">The profile.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="OperationException">The scenario is not valid.</exception>
    public static Func<JobContext, Task> Create(
        ScenarioContent content,
        ScenarioContentReader reader,
        UserProfile profile,
        TimeProvider time
    )
    {
        var scenario = reader.Read(content);
        return async context =>
        {
            context.Report(0, "reading usage");
            var input = await reader.AddUsageAsync(scenario, content, context.CancellationToken);
            var options = new SimulationOptions
            {
                Threads = JobResults.Threads,
                Clock = time,
                Progress = new JobProgress<SimulationProgress>(at =>
                    context.Report((double)at.TrialsDone / Math.Max(1, at.Trials), "simulating")
                ),
            };
            var advice = SimulationOperations.Recommend(input, profile, options, context.CancellationToken);
            context.CancellationToken.ThrowIfCancellationRequested(); // A canceled run ends with a part.
            await JobResults.WriteAsync(context, advice, SimulationJson.Readable.Recommendation);
        };
    }
}
