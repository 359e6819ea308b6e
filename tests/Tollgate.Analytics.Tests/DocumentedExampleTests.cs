using Tollgate.Analytics.Plans;
using Tollgate.Analytics.Simulation;
using Tollgate.Analytics.Statistics.Dependence;
using Tollgate.Analytics.Statistics.Distributions;
using Tollgate.Analytics.Workloads;

namespace Tollgate.Analytics.Tests;

/// <summary>The code of docs/simulation.md, as it stands there.</summary>
public class DocumentedExampleTests
{
    [Fact]
    public void The_example_of_the_documentation_runs()
    {
        var rates = new TokenRates
        {
            Input = 2.50m,
            CachedInput = 1.25m,
            Output = 10m,
        };
        var scenario = new Scenario
        {
            Seed = 42,
            Workload = new Workload
            {
                Users = 5,
                Requests = Lognormal.FromMean(mean: 600, cv: 1.2),
                InputTokens = Lognormal.FromMean(mean: 1800, cv: 0.8),
                OutputTokens = Lognormal.FromMean(mean: 500, cv: 1),
                Dependence = new GaussianCopula(0.6),
            },
            Plans =
            [
                new PerTokenPlan { Name = "per token", Rates = rates },
                new BundlePlan
                {
                    Name = "bundle",
                    Fee = 5,
                    IncludedTokens = 1_500_000,
                    Overage = rates,
                },
            ],
        };
        SimulationReport report = PlanSimulation.Run(scenario);
        double worstMonths = report.Plan("bundle").Tail(0.95).ConditionalValueAtRisk;

        // 5 users x 600 requests x (1800 at 2.50 + 500 at 10) a million.
        report.Plan("per token").Mean.ShouldBe(28.5, 5 * report.Plan("per token").StandardError);
        worstMonths.ShouldBeGreaterThan(report.Plan("bundle").Percentile(95));
    }

    [Fact]
    public void The_documentation_shows_this_code()
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "Tollgate.slnx")))
            root = Path.GetDirectoryName(root)!;
        var shown = Lines(
            File.ReadAllText(Path.Combine(root, "docs/simulation.md")).Split("```csharp")[1].Split("```")[0]
        );
        var here = Lines(
            File.ReadAllText(Path.Combine(root, "tests/Tollgate.Analytics.Tests/DocumentedExampleTests.cs"))
        );

        string.Join('\n', here).ShouldContain(string.Join('\n', shown));
    }

    private static IEnumerable<string> Lines(string text) =>
        text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0);
}
