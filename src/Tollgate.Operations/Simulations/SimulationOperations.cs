using Tollgate.Analytics.Simulation;
using Tollgate.Analytics.Simulation.Questions;
using Tollgate.Analytics.Workloads;
using Tollgate.Operations.Simulations.Results;
using Tollgate.Operations.Simulations.Scenarios;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Operations.Simulations;

/// <summary>Simulates months of usage under pricing plans, and answers questions about them.</summary>
/// <param name="workspace">The ledger, the prices, and the data folder with saved results.</param>
public sealed class SimulationOperations(Workspace workspace)
{
    private ResultFolder Results => new(workspace.Options.Ledger.DataFolder, workspace.Time);

    /// <summary>Reads a scenario, with notes on the source of its usage.</summary>
    /// <exception cref="OperationException">The request names no scenario, or two sources of usage; or a file is
    /// invalid, and all of its errors are listed.</exception>
    /// <exception cref="InvalidDataException">The file of usage is not valid.</exception>
    public async Task<SimulationInput> ReadAsync(ScenarioRequest request, CancellationToken cancellationToken)
    {
        request.Validate();
        var observed =
            request.UsageFile is { } usage ? CollectedUsage.Read(usage)
            : request.FromLedger
                ? await CollectedUsage.ReadAsync(workspace.OpenQuery(), request.Period, cancellationToken)
            : null;
        var file = new ScenarioFile(new ModelRates(workspace.Prices, workspace.Now));
        var scenario = request.File is { } path
            ? file.Read(path, request.PlansFile is { } plans ? new(plans) : (ScenarioSource?)null, observed)
            : new Scenario { Plans = file.ReadPlans(request.PlansFile!), Workload = observed!.ApplyTo(new Workload()) };
        return new SimulationInput(
            scenario with
            {
                Trials = request.Trials ?? scenario.Trials,
                Months = request.Months ?? scenario.Months,
                Seed = request.Seed ?? scenario.Seed,
            },
            request.File ?? "collected usage",
            observed is null ? [] : [observed.Describe]
        );
    }

    /// <summary>Simulates a scenario. A cancellation ends it with what was simulated so far.</summary>
    /// <exception cref="OperationCanceledException">It was canceled before there was any result.</exception>
    public static SavedResult Run(
        SimulationInput input,
        SimulationOptions options,
        CancellationToken cancellationToken
    ) => new(null, null, input.Source, input.Notes, PlanSimulation.Run(input.Scenario, options, cancellationToken));

    /// <summary>Saves a result under a new id in the data folder.</summary>
    public SavedResult Save(SavedResult result) => Results.Save(result);

    /// <summary>Returns the saved result with an id; null if there is none.</summary>
    /// <exception cref="OperationException">The file is not a valid result.</exception>
    public SavedResult? Find(string id) => Results.Find(id);

    /// <summary>Returns the saved results, newest first.</summary>
    public IEnumerable<SavedResult> List() => Results.All();

    /// <summary>
    /// Finds the volumes at which each plan charges the same as the baseline. A cancellation ends it with what was
    /// found so far.
    /// </summary>
    /// <param name="input">The scenario.</param>
    /// <param name="options">The options of the simulation.</param>
    /// <param name="onPlan">Called with the place of the plan whose search starts, and the number of plans.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="OperationCanceledException">It was canceled before there was any result.</exception>
    public static BreakEvenResult FindBreakEven(
        SimulationInput input,
        SimulationOptions options,
        Action<int, int> onPlan,
        CancellationToken cancellationToken
    )
    {
        var scenario = input.Scenario;
        var baseline = scenario.Baseline ?? scenario.Plans[0].Name;
        string[] others = [.. scenario.Plans.Select(static plan => plan.Name).Where(name => name != baseline)];
        var searches = new List<BreakEvenSearch>();
        foreach (var (place, other) in others.Index())
        {
            onPlan(place, others.Length);
            try
            {
                searches.Add(BreakEven.Find(scenario, other, baseline, options, cancellationToken));
            }
            catch (OperationCanceledException) when (searches.Count > 0)
            {
                break;
            }
        }

        return new BreakEvenResult(baseline, searches, others.Length);
    }

    /// <summary>Varies numbers of a scenario. A cancellation ends it with what was simulated so far.</summary>
    /// <exception cref="OperationCanceledException">It was canceled before there was any result.</exception>
    public static SensitivityResult Vary(
        SimulationInput input,
        IReadOnlyList<SensitivityAxis> axes,
        SimulationOptions options,
        CancellationToken cancellationToken
    ) =>
        new(
            axes,
            Sensitivity.Run(input.Scenario, axes, options, cancellationToken),
            axes.Aggregate(1L, static (product, axis) => product * axis.Values.Count)
        );

    /// <summary>
    /// Varies each number of the workload and of a plan by a share in both directions, widest swing first. A
    /// cancellation ends it with what was simulated so far.
    /// </summary>
    /// <param name="input">The scenario.</param>
    /// <param name="plan">The plan; null for the baseline.</param>
    /// <param name="share">The share, above 0 and up to 1.</param>
    /// <param name="options">The options of the simulation.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="OperationCanceledException">It was canceled before there was any result.</exception>
    public static TornadoResult Tornado(
        SimulationInput input,
        string? plan,
        double share,
        SimulationOptions options,
        CancellationToken cancellationToken
    )
    {
        var varied = plan ?? input.Scenario.Baseline ?? input.Scenario.Plans[0].Name;
        var (ranges, skipped) = TornadoRanges.Create(input.Scenario, varied, share);
        var bars = Sensitivity.Tornado(input.Scenario, varied, ranges, options, cancellationToken);
        return new TornadoResult(varied, share, bars, ranges.Count, skipped);
    }

    /// <summary>Recommends a plan for a user profile. A cancellation ends it with what was simulated so far.</summary>
    /// <exception cref="OperationCanceledException">It was canceled before there was any result.</exception>
    public static Recommendation Recommend(
        SimulationInput input,
        UserProfile profile,
        SimulationOptions options,
        CancellationToken cancellationToken
    ) => PlanAdvisor.Recommend(input.Scenario, profile, options, cancellationToken);

    /// <summary>Recommends a plan for a user profile from a result, at its own volume.</summary>
    public static Recommendation Recommend(SavedResult result, UserProfile profile) =>
        PlanAdvisor.Recommend(result.Report, profile);
}
