using Tollgate.Analytics.Plans;
using Tollgate.Analytics.Simulation;
using Tollgate.Analytics.Statistics.Dependence;
using Tollgate.Analytics.Statistics.Distributions;
using Tollgate.Analytics.Workloads;

namespace Tollgate.Simulation.Bench;

/// <summary>
/// One user's month of correlated lognormal input and output, charged by six mechanisms. numpy_job.py uses the same
/// figures.
/// </summary>
internal static class SixMechanisms
{
    private static readonly TokenRates Rates = new() { Input = 2.5m, Output = 10m };

    public static Scenario Scenario(int trials) =>
        new()
        {
            Trials = trials,
            Seed = 42,
            Workload = new Workload
            {
                TokensPer = TokenBasis.Month,
                InputTokens = new Lognormal(13.5, 0.8),
                OutputTokens = new Lognormal(12.5, 1.0),
                Dependence = new GaussianCopula(0.6),
                CacheHitRate = new Constant(0.3),
                SuccessRate = new Constant(0.85),
                Congestion = new BetaDistribution(1, 1),
            },
            Plans =
            [
                new PerTokenPlan { Name = "per token", Rates = Rates },
                new BundlePlan
                {
                    Name = "bundle",
                    Fee = 5,
                    IncludedTokens = 1_000_000,
                    Overage = Rates,
                },
                new HybridSeatPlan
                {
                    Name = "hybrid seat",
                    SeatFee = 3,
                    IncludedTokens = 500_000,
                    Overage = Rates,
                },
                new CachedPlan
                {
                    Name = "cached",
                    Rates = Rates,
                    Discount = 0.5,
                },
                new OutcomePlan
                {
                    Name = "outcome based",
                    Rates = Rates,
                    Multiplier = 1.3,
                },
                new DynamicPlan
                {
                    Name = "dynamic",
                    Rates = Rates,
                    PeakMultiplier = 1.5,
                    Threshold = 0.7,
                },
            ],
        };
}
