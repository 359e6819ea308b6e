using Tollgate.Analytics.Plans;
using Tollgate.Analytics.Simulation;
using Tollgate.Analytics.Simulation.Questions;
using Tollgate.Analytics.Statistics.Distributions;
using Tollgate.Analytics.Workloads;

namespace Tollgate.Analytics.Tests.Simulation;

public class QuestionTests
{
    private static readonly PerTokenPlan PerToken = new() { Name = "per token", Rates = Scenarios.Rates };

    private static readonly FlatPlan Flat = new() { Name = "flat", Fee = 9 };

    [Fact]
    public void Any_number_of_a_scenario_has_a_path()
    {
        var scenario = Scenarios.Everything();

        ScenarioParameter.Get(scenario, "workload.inputTokens.sigma").ShouldBe(0.5);
        ScenarioParameter.Get(scenario, "plans[bundle].fee").ShouldBe(2);
        ScenarioParameter
            .Get(ScenarioParameter.With(scenario, "plans[bundle].overage.output", 0.5), "plans[1].overage.output")
            .ShouldBe(0.5);
        ScenarioParameter.Get(ScenarioParameter.With(scenario, "workload.users", 8), "workload.users").ShouldBe(8);
        ScenarioParameter
            .Get(ScenarioParameter.With(scenario, "workload.dependence.theta", 4), "workload.dependence.theta")
            .ShouldBe(4);
        ScenarioParameter
            .Get(ScenarioParameter.With(scenario, "workload.week.weekdays[2]", 4), "workload.week.weekdays[2]")
            .ShouldBe(4);
        ScenarioParameter
            .Get(scenario, "workload.users")
            .ShouldBe(3, "a scenario is not changed by asking for another");
        foreach (var path in ScenarioParameter.Paths(scenario))
            ScenarioParameter.Get(ScenarioParameter.With(scenario, path, 1), path).ShouldBe(1, path);
        ScenarioParameter.Paths(scenario).ShouldContain("plans[provisioned].tokensPerUnitHour");
    }

    [Theory]
    [InlineData("workload.nothing")]
    [InlineData("plans[nobody].fee")]
    [InlineData("plans[bundle].name")]
    [InlineData("workload.inputTokens.mean")]
    [InlineData("workload")]
    public void Refuses_a_path_to_no_number(string path)
    {
        Should
            .Throw<InvalidInputException>(() => ScenarioParameter.With(Scenarios.Everything(), path, 1))
            .Message.ShouldContain($"'{path}' is not a number");
    }

    [Fact]
    public void Sensitivity_to_correlation_changes_the_spread_and_not_the_mean()
    {
        var points = Sensitivity.Run(
            Scenarios.Create(Scenarios.Months(), PerToken, Flat),
            [SensitivityAxis.Between("workload.dependence.correlation", -0.8, 0.8, 5)]
        );

        points.Select(point => point.Values[0]).ToArray().ShouldBe([-0.8, -0.4, 0, 0.4, 0.8], 1e-12);
        points.Select(point => point.Plans[0].StandardDeviation).ShouldBeInOrder();
        points[4].Plans[0].StandardDeviation.ShouldBeGreaterThan(points[0].Plans[0].StandardDeviation * 1.2);
        points.ShouldAllBe(point => point.Plans[1].Mean == 9);
    }

    [Fact]
    public void Two_numbers_make_a_grid()
    {
        var points = Sensitivity.Run(
            Scenarios.Create(
                new Workload { InputTokens = new Constant(1_000_000) },
                new BundlePlan
                {
                    Name = "b",
                    Fee = 1,
                    IncludedTokens = 0,
                    Overage = Scenarios.Rates,
                }
            ),
            [new("plans[b].fee", [1, 2]), new("plans[b].overage.input", [3, 4, 5])]
        );

        points.Select(point => point.Plans[0].Mean).ToArray().ShouldBe([4, 5, 6, 5, 6, 7], 1e-9);
        Should
            .Throw<InvalidInputException>(() => Sensitivity.Run(Scenarios.Everything(), []))
            .Message.ShouldBe("axes: must be one or two, but there are 0");
        Should
            .Throw<InvalidInputException>(() => Sensitivity.Run(Scenarios.Everything(), [new("workload.volume", [-1])]))
            .Message.ShouldBe("workload.volume: must be above 0 and finite, but is -1");
    }

    [Fact]
    public void A_tornado_has_the_widest_swing_first()
    {
        var bars = Sensitivity.Tornado(
            Scenarios.Create(Scenarios.Months(), PerToken),
            "per token",
            [
                ("workload.dependence.correlation", 0, 0.9),
                ("workload.volume", 0.5, 2),
                ("plans[per token].rates.input", 2, 3),
            ]
        );

        bars[0].Parameter.ShouldBe("workload.volume");
        bars[0].MeanAtHigh.ShouldBe(4 * bars[0].MeanAtLow, 1e-9);
        bars[2].Parameter.ShouldBe("workload.dependence.correlation");
        bars.Select(bar => bar.Mean).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public void Break_even_is_where_both_plans_charge_the_same()
    {
        // $2.50 for a million in: $9 are 3,600,000 tokens.
        var scenario = Scenarios.Create(new Workload { InputTokens = new Constant(1_000_000) }, PerToken, Flat);

        var point = BreakEven.Find(scenario, "flat", "per token").Points.ShouldHaveSingleItem();

        point.TokensPerMonth.ShouldBe(3_600_000, 1);
        point.Volume.ShouldBe(3.6, 1e-6);
        (point.CheaperBelow, point.CheaperAbove).ShouldBe(("per token", "flat"));
        Should
            .Throw<InvalidInputException>(() => BreakEven.Find(scenario, "flat", "flat"))
            .Message.ShouldBe("otherPlan: must be a plan other than 'flat'");
        Should
            .Throw<InvalidInputException>(() => BreakEven.Find(scenario, "flat", "x"))
            .Message.ShouldStartWith("otherPlan: 'x' is unknown");
    }

    [Fact]
    public void Break_even_sees_two_crossings()
    {
        // The bundle is cheaper in the middle only: below, its fee is wasted, and above, its overage is dear.
        var bundle = new BundlePlan
        {
            Name = "bundle",
            Fee = 5,
            IncludedTokens = 4_000_000,
            Overage = new TokenRates { Input = 10, Output = 10 },
        };
        var scenario = Scenarios.Create(new Workload { InputTokens = new Constant(1_000_000) }, PerToken, bundle);

        var points = BreakEven.Find(scenario, "per token", "bundle").Points;

        // 2.5 v = 5 at 2; and 5 + 10 (v - 4) = 2.5 v at 35 / 7.5.
        points.Select(point => point.Volume).ToArray().ShouldBe([2, 35 / 7.5], 1e-6);
        points.Select(point => point.CheaperAbove).ShouldBe(["bundle", "per token"]);
    }

    [Fact]
    public void Plans_that_differ_in_the_last_digits_do_not_cross()
    {
        // Up to five million tokens a month both have the same rates; beyond, the tiers are cheaper.
        var tiers = new TieredPlan
        {
            Name = "tiers",
            Tiers =
            [
                new VolumeTier(5_000_000, Scenarios.Rates),
                new VolumeTier(null, new TokenRates { Input = 2, Output = 8 }),
            ],
        };
        var scenario = Scenarios.Create(Scenarios.Months(), PerToken, tiers) with { Trials = 1024 };

        BreakEven.Find(scenario, "tiers", "per token").Points.ShouldBeEmpty();
    }

    [Fact]
    public void An_invalid_value_is_reported_before_the_first_run()
    {
        var seen = 0;
        var options = new SimulationOptions { Progress = new Counting(() => seen++) };

        Should
            .Throw<InvalidInputException>(() =>
                Sensitivity.Run(Scenarios.Everything(), [new("workload.users", [1, 2, 2.5])], options)
            )
            .Message.ShouldContain("workload.users");
        Should
            .Throw<InvalidInputException>(() =>
                Sensitivity.Run(Scenarios.Everything(), [new("workload.volume", [1, 2, -1])], options)
            )
            .Message.ShouldContain("workload.volume");
        seen.ShouldBe(0);
    }

    [Fact]
    public void A_share_that_always_is_above_one_is_refused()
    {
        var scenario = Scenarios.Create(
            Scenarios.Months() with
            {
                CacheHitRate = new Constant(40),
                SuccessRate = new Constant(double.NaN),
            },
            PerToken
        );

        scenario
            .Problems()
            .Select(static problem => problem.ToString())
            .ShouldBe([
                "workload.cacheHitRate.value: must be from 0 to 1, but is 40",
                "workload.successRate.value: must be from 0 to 1, but is NaN",
            ]);
    }

    [Fact]
    public void Tolerance_moves_the_recommendation_from_even_to_cheap()
    {
        var scenario = Scenarios.Create(Scenarios.Months(), PerToken, Flat);
        var report = PlanSimulation.Run(scenario);
        report.Plan("per token").Mean.ShouldBeLessThan(9);

        Recommend(RiskTolerance.High, 0).ShouldBe("per token");
        Recommend(RiskTolerance.Medium, 0.2).ShouldBe("flat");
        Recommend(RiskTolerance.Low, 1).ShouldBe("flat");

        string? Recommend(RiskTolerance tolerance, double predictability) =>
            PlanAdvisor
                .Recommend(
                    report,
                    new UserProfile { RiskTolerance = tolerance, PredictabilityPreference = predictability }
                )
                .Plan;
    }

    [Fact]
    public void The_score_rises_with_caution_and_with_the_wish_for_an_even_bill()
    {
        var report = PlanSimulation.Run(Scenarios.Create(Scenarios.Months(), PerToken));
        var scores = new List<double>();
        foreach (var tolerance in (RiskTolerance[])[RiskTolerance.High, RiskTolerance.Medium, RiskTolerance.Low])
            scores.Add(
                PlanAdvisor
                    .Recommend(report, new UserProfile { RiskTolerance = tolerance, PredictabilityPreference = 0.3 })
                    .Ranking[0]
                    .Score
            );
        scores.ShouldBe(scores.Order());
        scores.Distinct().Count().ShouldBe(3);
        var plan = report.Plans[0];
        scores[2].ShouldBe(plan.Mean + 1.3 * (plan.Tail(0.95).ConditionalValueAtRisk - plan.Mean), 1e-9);
    }

    [Fact]
    public void A_budget_excludes_plans_and_lists_them()
    {
        var report = PlanSimulation.Run(Scenarios.Create(Scenarios.Months(), PerToken, Flat));

        var some = PlanAdvisor.Recommend(report, new UserProfile { Budget = 8, RiskTolerance = RiskTolerance.Low });
        var none = PlanAdvisor.Recommend(report, new UserProfile { Budget = 1 });

        some.Plan.ShouldBe("per token");
        some.Ranking[0].ProbabilityOverBudget!.Value.ShouldBeInRange(0.2, 0.35);
        some.Reasons.ShouldContain("Over the budget of $8.00 on average: flat.");
        none.Plan.ShouldBeNull();
        none.Reasons[^1]
            .ShouldStartWith("No plan has a mean charge within the budget of $1.00; the closest is per token at $6.8");
    }

    [Fact]
    public void Every_named_profile_is_priced_at_its_own_volume()
    {
        var scenario = Scenarios.Create(Scenarios.Months(), PerToken, Flat) with { Trials = 5000, TailLevels = [] };
        foreach (var name in UserProfile.Names)
        {
            var profile = UserProfile.ForName(name);
            var recommendation = PlanAdvisor.Recommend(scenario, profile);

            recommendation.Plan.ShouldNotBeNull();
            recommendation
                .Reasons[0]
                .ShouldStartWith(
                    string.Create(
                        System.Globalization.CultureInfo.InvariantCulture,
                        $"Priced at {profile.UsageVolume:N0} tokens"
                    )
                );
        }
        UserProfile.Names.ShouldBe(
            ["startup", "enterprise", "researcher", "hobbyist", "agency", "developer"],
            ignoreOrder: true
        );
        Should
            .Throw<InvalidInputException>(() => UserProfile.ForName("pirate"))
            .Message.ShouldStartWith("profile: 'pirate' is unknown");
        Should
            .Throw<InvalidInputException>(() =>
                PlanAdvisor.Recommend(scenario, new UserProfile { PredictabilityPreference = 2 })
            )
            .Message.ShouldBe("profile.predictabilityPreference: must be from 0 to 1, but is 2");
    }

    private sealed class Counting(Action count) : IProgress<SimulationProgress>
    {
        public void Report(SimulationProgress value) => count();
    }
}
