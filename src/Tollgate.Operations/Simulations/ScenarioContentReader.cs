using System.Globalization;
using Tollgate.Accounting.Usage;
using Tollgate.Analytics.Simulation;
using Tollgate.Operations.Simulations.Scenarios;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Operations.Simulations;

/// <summary>Reads scenarios of requests: first their text, which is checked at once, then their usage.</summary>
/// <param name="workspace">The ledger and the prices.</param>
/// <param name="reach">The usage of the ledger that the caller may see.</param>
public sealed class ScenarioContentReader(Workspace workspace, UsageReach reach)
{
    /// <summary>Reads the scenario without its collected usage.</summary>
    /// <exception cref="OperationException">It is not valid; the message lists all errors, and names the
    /// field.</exception>
    public Scenario Read(ScenarioContent content)
    {
        if (content.Scenario is not null && content.Mechanisms.Count > 0)
            throw FieldRules.CreateException(
                "mechanisms",
                "mechanisms have plans of their own, so they cannot be combined with a scenario. Send one of them."
            );
        var plans =
            content.Plans is { } own ? new ScenarioSource("plans", own)
            : content.Scenario is null ? new ScenarioSource("mechanisms", MechanismPlans.Format(content.Mechanisms))
            : (ScenarioSource?)null;
        var source = new ScenarioSource("scenario", content.Scenario ?? $"workload: {MechanismPlans.Workload}");
        var file = new ScenarioFile(new ModelRates(workspace.Prices, workspace.Now));
        var scenario = file.Read(source, plans);
        return Check(
            scenario with
            {
                Baseline = content.Baseline ?? scenario.Baseline,
                Trials = content.Trials ?? scenario.Trials,
                Months = content.Months ?? scenario.Months,
                Seed = content.Seed ?? scenario.Seed,
            }
        );
    }

    /// <summary>Adds the collected usage to a scenario.</summary>
    /// <exception cref="OperationException">There is no usage.</exception>
    public async Task<SimulationInput> AddUsageAsync(
        Scenario scenario,
        ScenarioContent content,
        CancellationToken cancellationToken
    )
    {
        var observed =
            content.Collection is { } collection ? CollectedUsage.FromCollection(collection)
            : content.LedgerPeriod is { } period
                ? await CollectedUsage.ReadAsync(workspace.OpenQuery().Within(reach), period, cancellationToken)
            : null;
        return new SimulationInput(
            observed is null
                ? scenario
                : RequireSize(scenario with { Workload = observed.ApplyTo(scenario.Workload) }),
            Describe(content),
            observed is null ? [] : [observed.Describe]
        );
    }

    private static Scenario Check(Scenario scenario)
    {
        FieldRules.RequireRange("n_simulations", scenario.Trials, 2, ScenarioContent.MaxTrials);
        if ((long)scenario.Trials * scenario.Plans.Count > ScenarioContent.MaxCharges)
            throw FieldRules.CreateException(
                "n_simulations",
                FormattableString.Invariant(
                    $"{scenario.Plans.Count} plans with {scenario.Trials} trials are more than the "
                ) + $"{ScenarioContent.MaxCharges} charges that fit into memory. Send fewer trials or plans."
            );
        if (scenario.Problems() is [var problem, ..])
            throw FieldRules.CreateException(
                problem.Field,
                problem.Reason.StartsWith('\'') ? $"{problem.Reason}." : $"{problem.Field} {problem.Reason}."
            );
        return RequireSize(scenario);
    }

    private static Scenario RequireSize(Scenario scenario)
    {
        var (users, total) = ((double)scenario.Workload.Users, 0.0);
        for (var month = 0; month < scenario.Months; month++)
        {
            total += users;
            users *= 1 + scenario.Workload.UserGrowth;
        }

        return total <= ScenarioContent.MaxUserMonths
            ? scenario
            : throw FieldRules.CreateException(
                "scenario",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{scenario.Workload.Users} users over {scenario.Months} months are more than the "
                ) + $"{ScenarioContent.MaxUserMonths} months of users that a request may have. Simulate fewer users "
                    + "or months, or run 'tollgate simulate'."
            );
    }

    private static string Describe(ScenarioContent content) =>
        content switch
        {
            { Collection: not null } => "collected usage",
            { LedgerPeriod: not null } => "the ledger",
            { Scenario: null } => "synthetic usage",
            _ => "the scenario of the request",
        };
}
