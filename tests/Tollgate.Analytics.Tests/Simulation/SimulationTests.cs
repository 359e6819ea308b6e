using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Tollgate.Analytics.Plans;
using Tollgate.Analytics.Simulation;
using Tollgate.Analytics.Statistics.Dependence;
using Tollgate.Analytics.Statistics.Distributions;
using Tollgate.Analytics.Workloads;

namespace Tollgate.Analytics.Tests.Simulation;

public class SimulationTests
{
    [Fact]
    public void The_same_seed_gives_the_same_bytes_on_any_number_of_threads()
    {
        var scenario = Scenarios.Everything();
        var expected = Bytes(scenario, 1);

        foreach (var threads in (int[])[1, 2, 16, 2, 16])
            Bytes(scenario, threads).ShouldBe(expected, $"{threads} threads");
        Bytes(scenario with { Seed = 100 }, 2).ShouldNotBe(expected);
    }

    [Fact]
    public void The_bytes_are_the_same_on_every_machine()
    {
        // Made on an AMD EPYC, with and without AVX-512, AVX2 and FMA. It changes only with the algorithm: then pin the
        // new one.
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Bytes(Scenarios.Everything(), 2))));

        hash.ShouldBe("eec1e6ee18304f9d0dceea91fc661bf2644c42ee60f7f5da623f4753b3125e94");
    }

    [Fact]
    public void Lognormal_usage_has_its_mean_and_percentiles_within_their_errors()
    {
        var scenario = Scenarios.Create(
            new Workload { InputTokens = new Lognormal(2, 0.5) },
            new PerTokenPlan
            {
                Name = "p",
                Rates = new TokenRates { Input = 1_000_000, Output = 0 },
            }
        );
        var plan = PlanSimulation.Run(scenario with { Trials = 100_000 }).Plans[0];
        var law = new Lognormal(2, 0.5);

        plan.Mean.ShouldBe(law.Mean, 4 * plan.StandardError);
        plan.StandardDeviation.ShouldBe(Math.Sqrt(law.Variance), 0.05);
        foreach (var percentile in (int[])[1, 5, 25, 50, 75, 95, 99])
        {
            var expected = law.Quantile(percentile / 100.0);
            var error =
                Math.Sqrt(percentile / 100.0 * (1 - percentile / 100.0) / 100_000) / Math.Exp(law.LogDensity(expected));
            plan.Percentile(percentile).ShouldBe(expected, 4 * error, $"percentile {percentile}");
        }
        plan.Median.ShouldBe(plan.Percentile(50));
        plan.MedianInterval!.Value.Low.ShouldBeLessThan(plan.Median);
        plan.MedianInterval.Value.High.ShouldBeGreaterThan(plan.Median);
    }

    [Fact]
    public void A_flat_plan_does_not_vary_at_all()
    {
        var plan = PlanSimulation
            .Run(Scenarios.Create(Scenarios.Months(), new FlatPlan { Name = "flat", Fee = 19.99m }))
            .Plans[0];

        plan.Mean.ShouldBe(19.99);
        plan.StandardDeviation.ShouldBe(0);
        plan.Cv.ShouldBe(0);
        plan.Skewness.ShouldBeNull();
        plan.MeanInterval.ShouldBe(new Tollgate.Analytics.Statistics.Interval(19.99, 19.99));
        plan.P95Interval.ShouldBe(new Tollgate.Analytics.Statistics.Interval(19.99, 19.99));
        plan.Tail(0.95).ConditionalValueAtRisk.ShouldBe(19.99);
    }

    [Fact]
    public void All_plans_are_charged_on_the_same_draws()
    {
        var report = PlanSimulation.Run(
            Scenarios.Create(
                Scenarios.Months(),
                new PerTokenPlan { Name = "a", Rates = Scenarios.Rates },
                new PerTokenPlan
                {
                    Name = "one more",
                    Rates = Scenarios.Rates,
                    Fee = 1,
                },
                new PerTokenPlan { Name = "same", Rates = Scenarios.Rates }
            )
        );

        report.Comparisons[0].MeanDifference.ShouldBe(1, 1e-12);
        report.Comparisons[0].StandardDeviation.ShouldBe(0, 1e-9);
        report.Comparisons[0].ProbabilityCheaper.ShouldBe(0);
        report.Comparisons[0].MeanDifferenceInterval!.Value.High.ShouldBe(1, 1e-9);
        report.Comparisons[0].MedianDifferenceInterval!.Value.Low.ShouldBe(1, 1e-9);
        report.Comparisons[0].P95DifferenceInterval!.Value.High.ShouldBe(1, 1e-9);
        report.Comparisons[1].MeanDifference.ShouldBe(0);
        report.Comparisons[1].P95DifferenceInterval.ShouldBe(new Tollgate.Analytics.Statistics.Interval(0, 0));
        report.Comparisons[1].ProbabilityEqual.ShouldBe(1);
    }

    [Fact]
    public void A_plan_has_the_same_draws_whichever_others_stand_beside_it()
    {
        var plan = new PerTokenPlan { Name = "a", Rates = Scenarios.Rates };
        var alone = PlanSimulation.Run(Scenarios.Create(Scenarios.Months(), plan));
        var flat = new FlatPlan { Name = "f", Fee = 1 };
        var among = PlanSimulation.Run(Scenarios.Create(Scenarios.Months(), flat, plan));

        among.Plan("a").Percentiles.ShouldBe(alone.Plan("a").Percentiles);
    }

    [Fact]
    public void Pools_are_a_months_and_a_users_and_not_a_requests()
    {
        // 1000 requests of 1000 tokens are 1,000,000 tokens: the pool of 900,000 is exceeded once, by a tenth.
        var workload = new Workload
        {
            Users = 2,
            Requests = new Constant(1000),
            InputTokens = new Constant(1000),
        };
        var plan = new BundlePlan
        {
            Name = "user",
            Fee = 5,
            IncludedTokens = 900_000,
            Overage = new TokenRates { Input = 10, Output = 10 },
        };
        var report = PlanSimulation.Run(
            Scenarios.Create(
                workload,
                plan,
                plan with
                {
                    Name = "organization",
                    IncludedTokens = 2_000_000,
                    ChargedPer = ChargeScope.Organization,
                }
            )
        );

        report.Plan("user").Mean.ShouldBe(12, 1e-9);
        report.Plan("organization").Mean.ShouldBe(5, 1e-9);
        report.Usage.TotalTokens.ShouldBe(2_000_000, 1e-3);
        report.Plan("user").PerMillionTokens!.Value.ShouldBe(6, 1e-9);
    }

    [Fact]
    public void Growth_changes_users_and_usage_from_month_to_month()
    {
        var workload = new Workload
        {
            Users = 10,
            UserGrowth = 0.5,
            UsageGrowth = 1,
            Requests = new Constant(1),
            InputTokens = new Constant(1000),
            Volume = 2,
        };
        var report = PlanSimulation.Run(
            Scenarios.Create(
                workload,
                new HybridSeatPlan
                {
                    Name = "s",
                    SeatFee = 1,
                    IncludedTokens = 0,
                    Overage = new TokenRates { Input = 1000, Output = 0 },
                }
            ) with
            {
                Months = 3,
            }
        );

        // Users 10, 15, 22 (22.5 to even) with 2000, 4000, 8000 tokens each.
        report.Usage.InputTokens.ShouldBe((20_000 + 60_000 + 176_000) / 3.0, 1e-6);
        report.Plans[0].Mean.ShouldBe((10 + 20 + 15 + 60 + 22 + 176) / 3.0, 1e-9);
    }

    [Theory]
    [InlineData(0.0, 1 / 12.0)]
    [InlineData(0.5, 0.5 + 0.5 / 12)]
    [InlineData(1.0, 1.0)]
    public void Persistent_users_do_not_average_out_over_the_months(double persistence, double expectedVariance)
    {
        // A normal law, so that the correlation of scores is that of the numbers: the variance of the mean of 12 is p +
        // (1 - p) / 12.
        var workload = new Workload { InputTokens = new TruncatedNormal(100, 10), Persistence = persistence };
        var plan = new PerTokenPlan
        {
            Name = "p",
            Rates = new TokenRates { Input = 100_000, Output = 0 },
        };

        var summary = PlanSimulation.Run(Scenarios.Create(workload, plan) with { Months = 12 }).Plans[0];

        summary.Mean.ShouldBe(10, 5 * summary.StandardError);
        (summary.StandardDeviation * summary.StandardDeviation).ShouldBe(expectedVariance, 0.05 * expectedVariance);
    }

    [Fact]
    public void Correlation_widens_what_is_charged()
    {
        var plan = new PerTokenPlan { Name = "p", Rates = Scenarios.Rates };
        var low = PlanSimulation.Run(Scenarios.Create(Scenarios.Months(0), plan)).Plans[0];
        var high = PlanSimulation.Run(Scenarios.Create(Scenarios.Months(0.9), plan)).Plans[0];

        high.StandardDeviation.ShouldBeGreaterThan(low.StandardDeviation * 1.1);
        high.Mean.ShouldBe(low.Mean, 5 * high.StandardError);
    }

    [Fact]
    public void Collected_months_are_drawn_whole()
    {
        // Input and output are always the same number, so a plan that charges their difference would charge nothing.
        double[] tokens = [1_000_000, 2_000_000, 6_000_000];
        var workload = new Workload
        {
            Observed = new ObservedUsage
            {
                InputTokens = tokens,
                OutputTokens = tokens,
                CachedInputTokens = tokens,
                Requests = [1, 2, 6],
            },
        };
        var report = PlanSimulation.Run(
            Scenarios.Create(
                workload,
                new PerTokenPlan
                {
                    Name = "p",
                    Rates = new TokenRates
                    {
                        Input = 5,
                        CachedInput = 1,
                        Output = 1,
                    },
                }
            )
        );

        report.Plans[0].Minimum.ShouldBe(2, 1e-12);
        report.Plans[0].Median.ShouldBe(4, 1e-12);
        report.Plans[0].Maximum.ShouldBe(12, 1e-12);
        report.Plans[0].Mean.ShouldBe(6, 5 * report.Plans[0].StandardError);
        report.Usage.Requests.ShouldBe(3, 0.1);
    }

    [Fact]
    public void Refused_tokens_are_reported()
    {
        var workload = new Workload { InputTokens = new Constant(1_000_000) };
        var plan = new ProvisionedPlan
        {
            Name = "v",
            Units = 1,
            UnitHourFee = 1,
            TokensPerUnitHour = 250_000 / 168.0 / WeekProfile.WeeksPerMonth,
        };

        PlanSimulation.Run(Scenarios.Create(workload, plan)).Plans[0].RefusedShare.ShouldBe(0.75, 1e-9);
    }

    [Fact]
    public void A_plan_of_ones_own_is_a_type()
    {
        var report = PlanSimulation.Run(
            Scenarios.Create(new Workload { Requests = new Constant(7) }, new TenCentsARequest())
        );

        report.Plans[0].Mean.ShouldBe(0.7, 1e-12);
    }

    [Theory]
    [InlineData("clayton")]
    [InlineData("gumbel")]
    public void Other_copulas_couple_the_tokens_too(string family)
    {
        Copula copula = family == "clayton" ? new ClaytonCopula(3) : new GumbelCopula(3);
        var plan = new PerTokenPlan { Name = "p", Rates = Scenarios.Rates };
        var months = Scenarios.Months() with { Dependence = copula };
        var coupled = PlanSimulation.Run(Scenarios.Create(months, plan)).Plans[0];
        var free = PlanSimulation.Run(Scenarios.Create(Scenarios.Months(0), plan)).Plans[0];

        coupled.StandardDeviation.ShouldBeGreaterThan(free.StandardDeviation * 1.05);
    }

    private static string Bytes(Scenario scenario, int threads) =>
        JsonSerializer.Serialize(PlanSimulation.Run(scenario, new SimulationOptions { Threads = threads }));

    private sealed class TenCentsARequest : IPricingPlan, IPlanPricing
    {
        public string Name => "ten cents";

        public ChargeScope ChargedPer => ChargeScope.Organization;

        public void Check(InputValidator check, Workload workload) { }

        public IPlanPricing Prepare(Workload workload) => this;

        public MonthCharge Charge(in UsageMonth usage, Span<double> carried) => new(0.1 * usage.Requests);
    }
}
