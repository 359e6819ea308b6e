using Tollgate.Analytics.Plans;
using Tollgate.Analytics.Simulation;
using Tollgate.Analytics.Workloads;
using Tollgate.Operations.Problems;
using Tollgate.Operations.Yaml;

namespace Tollgate.Operations.Simulations.Scenarios;

/// <summary>
/// Reads scenarios and plans from YAML, which includes JSON. Keys are the names in problem paths:
/// <c>workload.inputTokens</c>; <c>input_tokens</c> is equivalent. All problems are reported at once.
/// </summary>
/// <param name="rates">Rates by model name.</param>
internal sealed class ScenarioFile(ModelRates rates)
{
    /// <summary>Reads a scenario.</summary>
    /// <param name="source">Its source.</param>
    /// <param name="planSource">The source of plans instead of the scenario's own; null for its own.</param>
    /// <param name="observed">Collected usage to draw from instead of the scenario's distributions; null for
    /// those.</param>
    /// <exception cref="OperationException">The file is invalid; each problem is listed with its file, line, path,
    /// value and what is allowed.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public Scenario Read(ScenarioSource source, ScenarioSource? planSource = null, UserMonths? observed = null)
    {
        var problems = new ProblemList();
        var plans = planSource is { } named ? ReadPlans(named) : null;
        var values = new ValueReader(source.Name, rates, problems);
        var map = ReadMap(source, problems);
        var given = new Dictionary<string, object>(StringComparer.OrdinalIgnoreCase);
        if (plans is not null)
            given["plans"] = plans;
        if (observed is not null && map?.Find("workload") is null)
            given["workload"] = new Workload();
        var scenario = map is null ? null : (Scenario?)values.Record(typeof(Scenario), map, "", given);
        ThrowIfAny(problems, source);
        if (observed is not null)
            scenario = scenario! with { Workload = observed.ApplyTo(scenario.Workload) };
        foreach (var problem in scenario!.Problems())
            values.AddProblem(
                problem.Field,
                problem.Reason.StartsWith('\'') ? $"{problem.Reason}." : $"This {problem.Reason}."
            );
        ThrowIfAny(problems, source);
        return scenario;
    }

    /// <summary>Reads the plans of a file: a list, or a mapping with the list <c>plans</c>.</summary>
    /// <exception cref="OperationException">The file is invalid; each problem is listed.</exception>
    public IReadOnlyList<IPricingPlan> ReadPlans(ScenarioSource source)
    {
        var problems = new ProblemList();
        var values = new ValueReader(source.Name, rates, problems);
        var root = ReadRoot(source, problems);
        var list = root is YamlMap map ? map.Find("plans") : root;
        if (list is null && root is not null)
            problems.Error(source.Name, "plans", "The file has no plans: write a list, or 'plans:' with a list.");
        var plans = list is null
            ? null
            : (IReadOnlyList<IPricingPlan>?)values.Read(typeof(IReadOnlyList<IPricingPlan>), list, "plans");
        ThrowIfAny(problems, source);
        return plans!;
    }

    private static YamlMap? ReadMap(ScenarioSource source, ProblemList problems)
    {
        var root = ReadRoot(source, problems);
        if (root is not null and not YamlMap)
            problems.Error(
                source.Name,
                "",
                $"A scenario must be a mapping with 'workload' and 'plans', not {root.Kind}."
            );
        return root as YamlMap;
    }

    private static YamlValue? ReadRoot(ScenarioSource source, ProblemList problems)
    {
        if ((source.Text ?? ConfigurationTextFile.Read(source.Name, problems)) is not { } text)
            return null;
        var root = YamlFile.Parse(source.Name, text, problems);
        if (root is null && !problems.HasErrors)
            problems.Error(source.Name, "", "The file is empty.");
        return root;
    }

    private static void ThrowIfAny(ProblemList problems, ScenarioSource source)
    {
        if (!problems.HasErrors)
            return;
        throw new OperationException(
            OperationError.Unreadable,
            $"'{source.Name}' is not valid:{Environment.NewLine}{string.Join(Environment.NewLine, problems.All)}",
            "scenarios"
        )
        {
            Field = source.Field,
        };
    }
}
