using Tollgate.Analytics.Plans;
using Tollgate.Analytics.Simulation;
using Tollgate.Analytics.Statistics.Dependence;
using Tollgate.Analytics.Statistics.Distributions;
using Tollgate.Analytics.Workloads;

namespace Tollgate.Analytics.Tests.Simulation;

public class ScenarioProblemTests
{
    [Fact]
    public void Every_problem_is_reported_at_once_with_its_path()
    {
        var scenario = new Scenario
        {
            Trials = 1,
            Months = 0,
            Resamples = 5,
            Confidence = 2,
            TailLevels = [0.95, 1],
            Baseline = "nobody",
            Workload = new Workload
            {
                Users = 0,
                InputTokens = new Lognormal(1, -1),
                OutputTokens = new Normal(double.NaN, 1),
                Dependence = new GaussianCopula(1),
                UsageGrowth = -1,
                Volume = 0,
                Models = [new ModelShare("m", 0.4)],
                Week = new WeekProfile { Weekdays = [1] },
            },
            Plans =
            [
                new PerTokenPlan
                {
                    Name = "p",
                    Rates = new TokenRates { Input = -1, Output = 1 },
                },
                new BundlePlan
                {
                    Name = "p",
                    Fee = -5,
                    IncludedTokens = double.NaN,
                    Overage = new TokenRates(),
                },
                new CachedPlan
                {
                    Name = "c",
                    Rates = Scenarios.Rates,
                    Discount = 1.5,
                },
                new TieredPlan
                {
                    Name = "t",
                    Tiers =
                    [
                        new VolumeTier(5, Scenarios.Rates),
                        new VolumeTier(4, Scenarios.Rates),
                        new VolumeTier(9, Scenarios.Rates),
                    ],
                },
                new CompositePlan { Name = "x", Parts = [new PlanPart(new FlatPlan { Name = "f", Fee = -1 }, 0.5)] },
            ],
        };

        scenario
            .Problems()
            .Select(problem => problem.ToString())
            .ShouldBe([
                "workload.users: must be from 1 to 10000000, but is 0",
                "workload.inputTokens.sigma: must be above 0 and finite, but is -1",
                "workload.outputTokens.mu: must be a finite number, but is NaN",
                "workload.dependence.correlation: must be above -1 and below 1, but is 1",
                "workload.week.weekdays: must have 7 weights, but has 1",
                "workload.usageGrowth: must be above -1 and at most 10, but is -1",
                "workload.volume: must be above 0 and finite, but is 0",
                "workload.models: must have shares that add up to 1, but is 0.4",
                "plans[0].rates.input: must be 0 or more, but is -1",
                "plans[1].name: 'p' is also the name of another plan",
                "plans[1].fee: must be 0 or more, but is -5",
                "plans[1].includedTokens: must be 0 or more, and finite, but is NaN",
                "plans[1].overage.input: is missing, as are the rates of m",
                "plans[2].discount: must be from 0 to 1, but is 1.5",
                "plans[3].tiers[1].upTo: must be a number above the previous tier's, but is 4",
                "plans[3].tiers[2].upTo: must be omitted: the last tier has no end",
                "plans[4].parts[0].plan.fee: must be 0 or more, but is -1",
                "plans[4].parts: must cover the whole usage: the shares must add up to 1 or more, but is 0.5",
                "baseline: 'nobody' is not a plan of the scenario",
                "months: must be from 1 to 120, but is 0",
                "trials: must be from 2 to 100000000, but is 1",
                "resamples: must be 0 or from 100 to 100000, but is 5",
                "confidence: must be above 0.5 and below 1, but is 2",
                "tailLevels[1]: must be above 0 and below 1, but is 1",
            ]);
        Should.Throw<InvalidInputException>(() => PlanSimulation.Run(scenario)).Problems.Count.ShouldBe(24);
    }

    [Fact]
    public void Collected_usage_must_be_whole()
    {
        var workload = new Workload
        {
            Observed = new ObservedUsage
            {
                InputTokens = [1, 2],
                OutputTokens = [1],
                Requests = [1, double.NaN],
                CachedInputTokens = [5, 5],
            },
        };

        Scenarios
            .Create(workload, new FlatPlan { Name = "f", Fee = 1 })
            .Problems()
            .Select(problem => problem.ToString())
            .ShouldBe([
                "workload.observed.outputTokens: has 1 values, but inputTokens has 2",
                "workload.observed.requests[1]: must be 0 or more, and finite, but is NaN",
                "workload.observed.cachedInputTokens[0]: must not exceed the input tokens, which include them, but "
                    + "is 5",
            ]);
    }

    [Fact]
    public void A_report_has_no_percentile_101_and_no_other_plan()
    {
        var report = PlanSimulation.Run(Scenarios.Create(Scenarios.Months(), new FlatPlan { Name = "f", Fee = 1 }));

        Should
            .Throw<InvalidInputException>(() => report.Plans[0].Percentile(101))
            .Message.ShouldBe("percentile: must be from 1 to 99, but is 101");
        Should
            .Throw<InvalidInputException>(() => report.Plan("g"))
            .Message.ShouldBe("plan: 'g' is unknown: it must be one of f");
        Should
            .Throw<InvalidInputException>(() => report.Plans[0].Tail(0.5))
            .Message.ShouldStartWith("level: must be one of");
    }
}
