using Tollgate.Analytics.Plans;
using Tollgate.Analytics.Simulation;
using Tollgate.Analytics.Statistics.Dependence;
using Tollgate.Analytics.Statistics.Distributions;
using Tollgate.Analytics.Workloads;

namespace Tollgate.Analytics.Tests.Simulation;

internal static class Scenarios
{
    public static readonly TokenRates Rates = new()
    {
        Input = 2.5m,
        CachedInput = 1.25m,
        Output = 10m,
    };

    /// <summary>One user's month of lognormal tokens.</summary>
    public static Workload Months(double correlation = 0.6) =>
        new()
        {
            TokensPer = TokenBasis.Month,
            InputTokens = new Lognormal(13.5, 0.8),
            OutputTokens = new Lognormal(12.5, 1.0),
            Dependence = new GaussianCopula(correlation),
        };

    public static Scenario Create(Workload workload, params IPricingPlan[] plans) =>
        new()
        {
            Workload = workload,
            Plans = plans,
            Trials = 20_000,
            Seed = 7,
        };

    /// <summary>
    /// Every kind of number that a simulation can draw, several users and months, and a block that is not full.
    /// </summary>
    public static Scenario Everything() =>
        new()
        {
            Seed = 99,
            Trials = 5_000,
            Months = 3,
            Resamples = 200,
            Workload = new Workload
            {
                Users = 3,
                UserGrowth = 0.3,
                UsageGrowth = 0.1,
                Requests = new GammaDistribution(2, 100),
                InputTokens = new Lognormal(7, 0.5),
                OutputTokens = new Weibull(1.2, 500),
                Dependence = new GumbelCopula(1.5),
                CacheHitRate = new BetaDistribution(2, 3),
                SuccessRate = new BetaDistribution(9, 1),
                Congestion = new BetaDistribution(2, 2),
                Week = new WeekProfile { Weekdays = [5, 5, 5, 5, 5, 1, 1] },
            },
            Plans =
            [
                new PerTokenPlan { Name = "per token", Rates = Rates },
                new BundlePlan
                {
                    Name = "bundle",
                    Fee = 2,
                    IncludedTokens = 300_000,
                    RolloverTokens = 100_000,
                    Overage = Rates,
                },
                new HybridSeatPlan
                {
                    Name = "seat",
                    SeatFee = 1,
                    IncludedTokens = 100_000,
                    Overage = Rates,
                    ChargedPer = ChargeScope.Organization,
                },
                new CachedPlan
                {
                    Name = "cached",
                    Rates = Rates,
                    Discount = 0.5,
                },
                new OutcomePlan
                {
                    Name = "outcome",
                    Rates = Rates,
                    Multiplier = 1.2,
                },
                new DynamicPlan
                {
                    Name = "dynamic",
                    Rates = Rates,
                    PeakMultiplier = 1.5,
                    Threshold = 0.5,
                },
                new PrepaidPlan
                {
                    Name = "prepaid",
                    Commitment = 3,
                    Bonus = 0.2,
                    Rates = Rates,
                    ExpiryMonths = 2,
                    ChargedPer = ChargeScope.Organization,
                },
                new ProvisionedPlan
                {
                    Name = "provisioned",
                    Units = 1,
                    UnitHourFee = 0.002m,
                    TokensPerUnitHour = 800,
                    ChargedPer = ChargeScope.Organization,
                },
            ],
        };
}
