using Tollgate.Analytics.Plans;
using Tollgate.Analytics.Workloads;
using Tollgate.Metering.Pricing;
using Tollgate.Metering.Usage;

namespace Tollgate.Analytics.Tests.Plans;

/// <summary>
/// Charges that were worked out by hand. Most use 600,000 tokens in and 200,000 out at $2 and $10 a million: $3.20.
/// </summary>
public class PlanTests
{
    private static readonly TokenRates Rates = new()
    {
        Input = 2,
        CachedInput = 1,
        Output = 10,
    };

    private static readonly UsageMonth Usage = new()
    {
        Users = 1,
        Requests = 400,
        InputTokens = 600_000,
        OutputTokens = 200_000,
        SuccessShare = 0.75,
        Congestion = 0.9,
    };

    [Fact]
    public void Per_token_charges_each_token_at_its_rate()
    {
        var plan = new PerTokenPlan
        {
            Name = "p",
            Rates = Rates,
            Fee = 5,
        };

        Charge(plan, Usage).ShouldBe(8.2, 1e-12);
        Charge(plan, Usage with { CachedInputTokens = 100_000 }).ShouldBe(8.1, 1e-12);
    }

    [Fact]
    public void Rates_of_models_count_by_their_shares()
    {
        var workload = new Workload { Models = [new ModelShare("small", 0.75), new ModelShare("large", 0.25)] };
        var rates = new TokenRates
        {
            ByModel = new Dictionary<string, TokenRates>
            {
                ["small"] = new() { Input = 1, Output = 4 },
                ["large"] = new()
                {
                    Input = 5,
                    CachedInput = 0.5m,
                    Output = 20,
                },
            },
        };

        // 600,000 at 2, of which 100,000 in the cache at 0.875; 200,000 at 8.
        Charge(new PerTokenPlan { Name = "p", Rates = rates }, Usage with { CachedInputTokens = 100_000 }, workload)
            .ShouldBe(1 + 0.0875 + 1.6, 1e-12);
    }

    [Fact]
    public void Rates_come_from_a_rate_card()
    {
        var card = new RateCard
        {
            Provider = "p",
            Model = "m",
            PriceVersion = "v",
            Source = "s",
            Tiers =
            [
                new RateTier(
                    ServiceTier.Standard,
                    0,
                    new Dictionary<UsageKind, decimal>
                    {
                        [UsageKind.InputText] = 0.0000025m,
                        [UsageKind.CacheRead] = 0.00000125m,
                        [UsageKind.OutputText] = 0.00001m,
                    }
                ),
            ],
        };

        TokenRates
            .FromRateCard(card)
            .ShouldBe(
                new TokenRates
                {
                    Input = 2.5m,
                    CachedInput = 1.25m,
                    Output = 10,
                } with
                {
                    ByModel = TokenRates.FromRateCard(card).ByModel,
                },
                new RatesOnly()
            );
        Should
            .Throw<InvalidInputException>(() => TokenRates.FromRateCard(card, ServiceTier.Batch))
            .Message.ShouldBe("rates: the price v has no rates for text input and output in the tier Batch");
    }

    [Theory]
    [InlineData(1_000_000, 4.0)]
    [InlineData(800_000, 4.0)]
    [InlineData(600_000, 4.8)] // A quarter of the usage is beyond the pool.
    [InlineData(0, 7.2)]
    public void A_bundle_charges_its_fee_and_what_goes_beyond_the_pool(double included, double expected)
    {
        Charge(
                new BundlePlan
                {
                    Name = "b",
                    Fee = 4,
                    IncludedTokens = included,
                    Overage = Rates,
                },
                Usage
            )
            .ShouldBe(expected, 1e-12);
    }

    [Fact]
    public void A_bundle_rolls_over_no_more_than_it_may()
    {
        var plan = new BundlePlan
        {
            Name = "b",
            Fee = 4,
            IncludedTokens = 600_000,
            RolloverTokens = 100_000,
            Overage = Rates,
        };

        // The quiet month leaves 500,000, of which 100,000 go over; the next has 700,000 for 800,000; the last has its
        // own 600,000.
        Charges(plan, Usage.Share(0.125), Usage, Usage).ShouldBe([4, 4 + 3.2 / 8, 4.8], 1e-12);
    }

    [Fact]
    public void Seats_have_tokens_of_their_own_or_share_them()
    {
        var plan = new HybridSeatPlan
        {
            Name = "h",
            SeatFee = 3,
            IncludedTokens = 200_000,
            Overage = Rates,
        };

        Charge(plan, Usage).ShouldBe(3 + 2.4, 1e-12);
        Charge(plan with { ChargedPer = ChargeScope.Organization }, Usage with { Users = 3 }).ShouldBe(9 + 0.8, 1e-12);
    }

    [Fact]
    public void A_cached_plan_spares_a_share_of_the_input_rate()
    {
        var plan = new CachedPlan
        {
            Name = "c",
            Rates = Rates,
            Discount = 0.9,
        };

        Charge(plan, Usage with { CachedInputTokens = 300_000 }).ShouldBe(0.6 + 0.06 + 2, 1e-12);
        Charge(plan with { HitRate = 1 }, Usage).ShouldBe(0.12 + 2, 1e-12);
    }

    [Fact]
    public void An_outcome_plan_charges_only_what_succeeded()
    {
        var plan = new OutcomePlan
        {
            Name = "o",
            Rates = Rates,
            Multiplier = 1.5,
            SuccessFee = 0.01m,
        };

        Charge(plan, Usage).ShouldBe(0.75 * (4.8 + 4), 1e-12);
        Charge(plan with { SuccessRate = 0 }, Usage).ShouldBe(0);
    }

    [Theory]
    [InlineData(0.9, 0.8, 6.4)] // Every hour is as busy as the month: 0.9 is above 0.8.
    [InlineData(0.9, 0.9, 3.2)]
    [InlineData(0.0, 0.0, 3.2)]
    public void A_dynamic_plan_charges_a_multiple_above_its_threshold(
        double congestion,
        double threshold,
        double expected
    )
    {
        var plan = new DynamicPlan
        {
            Name = "d",
            Rates = Rates,
            PeakMultiplier = 2,
            Threshold = threshold,
        };

        Charge(plan, Usage with { Congestion = congestion }).ShouldBe(expected, 1e-12);
    }

    [Fact]
    public void A_dynamic_plan_uses_the_busy_hours()
    {
        // One hour of the day has as much as the other 23 together; the others are a 23rd as busy.
        var week = new WeekProfile { HoursOfDay = [23, .. Enumerable.Repeat(1.0, 23)] };
        var plan = new DynamicPlan
        {
            Name = "d",
            Rates = Rates,
            PeakMultiplier = 3,
            Threshold = 0.5,
        };

        Charge(plan, Usage, new Workload { Week = week }).ShouldBe(3.2 * 2, 1e-12);
        Charge(plan with { Threshold = 0.03 }, Usage, new Workload { Week = week }).ShouldBe(3.2 * 3, 1e-12);
    }

    [Theory]
    [InlineData(false, 50_000, 0.2)]
    [InlineData(false, 100_000, 0.4)]
    [InlineData(false, 300_000, 0.4 + 0.4)]
    [InlineData(true, 100_000, 0.4)]
    [InlineData(true, 300_000, 0.6)]
    [InlineData(true, 0, 0)]
    public void Tiers_hold_for_their_part_or_for_the_whole_volume(bool whole, double tokens, double expected)
    {
        var plan = new TieredPlan
        {
            Name = "t",
            WholeVolume = whole,
            Tiers = [new VolumeTier(100_000, Flat(4)), new VolumeTier(null, Flat(2))],
        };

        Charge(plan, new UsageMonth { InputTokens = tokens / 2, OutputTokens = tokens / 2 }).ShouldBe(expected, 1e-12);
    }

    [Fact]
    public void Prepaid_credit_has_a_bonus_is_used_oldest_first_and_expires()
    {
        var plan = new PrepaidPlan
        {
            Name = "p",
            Commitment = 2,
            Bonus = 0.5,
            Rates = Rates,
            ExpiryMonths = 2,
            OverageFactor = 2,
        };

        // Credit of 3 a month. Month 0 uses none; month 1 uses 3.2: all of month 0's and 0.2 of its own; month 2 has
        // 2.8 + 3 and uses 3.2, so that 2.6 of its own are left; month 3 has 2.6 + 3 and uses 6.4: 0.8 beyond, at twice
        // the rates.
        Charges(plan, Usage.Share(0), Usage, Usage, Usage.Share(2)).ShouldBe([2, 2, 2, 2 + 1.6], 1e-12);
        // With an expiry of one month, what month 0 left is gone.
        Charges(plan with { ExpiryMonths = 1 }, Usage.Share(0), Usage).ShouldBe([2, 2 + 0.4], 1e-12);
    }

    [Fact]
    public void Provisioned_capacity_refuses_or_spills_over()
    {
        // Half of the capacity that an even month of 800,000 tokens needs.
        var perHour = 400_000 / 168.0 / WeekProfile.WeeksPerMonth;
        var plan = new ProvisionedPlan
        {
            Name = "v",
            Units = 2,
            UnitHourFee = 0.01m,
            TokensPerUnitHour = perHour / 2,
        };
        var fee = 0.02 * 168 * WeekProfile.WeeksPerMonth;

        var refused = Prepared(plan, new Workload()).Charge(Usage, []);
        refused.Amount.ShouldBe(fee, 1e-9);
        refused.RefusedTokens.ShouldBe(400_000, 1e-3);
        var spilt = Prepared(plan with { SpillOver = Rates }, new Workload()).Charge(Usage, []);
        spilt.Amount.ShouldBe(fee + 1.6, 1e-9);
        spilt.RefusedTokens.ShouldBe(0);
    }

    [Fact]
    public void Provisioned_capacity_is_by_the_hour()
    {
        // Enough for the month if it were even; but half of the usage falls into one hour of the day.
        var week = new WeekProfile { HoursOfDay = [23, .. Enumerable.Repeat(1.0, 23)] };
        var plan = new ProvisionedPlan
        {
            Name = "v",
            Units = 1,
            UnitHourFee = 0,
            TokensPerUnitHour = 800_000 / 168.0 / WeekProfile.WeeksPerMonth,
        };

        // The busy hour of the day takes 12 of the 24 parts and holds 1.
        Prepared(plan, new Workload { Week = week })
            .Charge(Usage, [])
            .RefusedTokens.ShouldBe(800_000 * 11 / 24.0, 1e-3);
    }

    [Fact]
    public void Batches_spare_a_share_of_the_rates() =>
        Charge(
                new BatchPlan
                {
                    Name = "b",
                    Rates = Rates,
                    BatchShare = 0.4,
                    Discount = 0.5,
                },
                Usage
            )
            .ShouldBe(3.2 * 0.8, 1e-12);

    [Fact]
    public void A_composite_adds_up_its_parts_and_each_carries_its_own()
    {
        var plan = new CompositePlan
        {
            Name = "c",
            Parts =
            [
                new PlanPart(
                    new BundlePlan
                    {
                        Name = "b",
                        Fee = 4,
                        IncludedTokens = 300_000,
                        RolloverTokens = 1e9,
                        Overage = Rates,
                    },
                    0.5
                ),
                new PlanPart(new PerTokenPlan { Name = "p", Rates = Rates }, 0.5),
                new PlanPart(new FlatPlan { Name = "f", Fee = 1 }, 0),
            ],
        };

        Charges(plan, Usage, Usage.Share(0), Usage).ShouldBe([4 + 0.4 + 1.6 + 1, 5, 4 + 1.6 + 1], 1e-12);
    }

    [Fact]
    public void All_plans_price_in_the_same_unit()
    {
        // No fee, no pool, no discount: whatever the mechanism, it is the same $3.20.
        IPricingPlan[] plans =
        [
            new PerTokenPlan { Name = "1", Rates = Rates },
            new BundlePlan
            {
                Name = "2",
                Fee = 0,
                IncludedTokens = 0,
                Overage = Rates,
            },
            new HybridSeatPlan
            {
                Name = "3",
                SeatFee = 0,
                IncludedTokens = 0,
                Overage = Rates,
            },
            new CachedPlan
            {
                Name = "4",
                Rates = Rates,
                Discount = 0,
            },
            new OutcomePlan
            {
                Name = "5",
                Rates = Rates,
                SuccessRate = 1,
            },
            new DynamicPlan
            {
                Name = "6",
                Rates = Rates,
                PeakMultiplier = 1,
                Threshold = 0,
            },
            new TieredPlan { Name = "7", Tiers = [new VolumeTier(null, Rates)] },
            new PrepaidPlan
            {
                Name = "8",
                Commitment = 0,
                Rates = Rates,
            },
            new ProvisionedPlan
            {
                Name = "9",
                Units = 0,
                UnitHourFee = 1,
                TokensPerUnitHour = 1,
                SpillOver = Rates,
            },
            new BatchPlan
            {
                Name = "10",
                Rates = Rates,
                BatchShare = 0,
            },
        ];

        foreach (var plan in plans)
            Charge(plan, Usage).ShouldBe(3.2, 1e-12, plan.Name);
    }

    private static TokenRates Flat(decimal rate) => new() { Input = rate, Output = rate };

    private static double Charge(IPricingPlan plan, UsageMonth usage, Workload? workload = null)
    {
        var pricing = Prepared(plan, workload ?? new Workload());
        return pricing.Charge(usage, new double[pricing.CarriedValues]).Amount;
    }

    private static double[] Charges(IPricingPlan plan, params UsageMonth[] months)
    {
        var pricing = Prepared(plan, new Workload());
        var carried = new double[pricing.CarriedValues];
        return [.. months.Select((usage, month) => pricing.Charge(usage with { Month = month }, carried).Amount)];
    }

    private static IPlanPricing Prepared(IPricingPlan plan, Workload workload)
    {
        var check = new InputValidator();
        plan.Check(check, workload);
        check.Problems.ShouldBeEmpty();
        return plan.Prepare(workload);
    }

    private sealed class RatesOnly : IEqualityComparer<TokenRates>
    {
        public bool Equals(TokenRates? x, TokenRates? y) =>
            (x?.Input, x?.CachedInput, x?.Output) == (y?.Input, y?.CachedInput, y?.Output);

        public int GetHashCode(TokenRates obj) => 0;
    }
}
