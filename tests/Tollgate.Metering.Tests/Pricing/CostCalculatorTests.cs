using Tollgate.Metering.Pricing;
using Tollgate.Metering.Usage;
using static Tollgate.Metering.Tests.Pricing.Cards;
using static Tollgate.Metering.Usage.UsageKind;

namespace Tollgate.Metering.Tests.Pricing;

public class CostCalculatorTests
{
    private static readonly RateCard Tiered = Card(
        "tiered",
        Tier((InputText, 2m), (CacheRead, .2m), (OutputText, 12m), (ToolUse, 10_000m)),
        Tier(ServiceTier.Standard, 200_000, false, (InputText, 4m), (CacheRead, .4m), (OutputText, 18m)),
        Tier(ServiceTier.Batch, 0, false, (InputText, 1m), (OutputText, 6m)),
        Tier(ServiceTier.Priority, 0, false, (InputText, 3.6m), (CacheRead, .36m), (OutputText, 21.6m)),
        Tier(ServiceTier.Priority, 200_000, false, (InputText, 7.2m), (CacheRead, .72m), (OutputText, 32.4m))
    );

    [Fact]
    public void Prices_each_kind_at_its_own_rate() =>
        Total(Used((InputText, 1000), (CacheRead, 500), (OutputText, 100), (ToolUse, 2)))
            .ShouldBe(.002m + .0001m + .0012m + .02m);

    [Fact]
    public void Names_the_version_that_it_applied() =>
        CostCalculator.Price(Tiered, Used((InputText, 1)), ServiceTier.Standard).CostSource.ShouldBe("test/tiered");

    [Theory]
    [InlineData(200_000, 0, .4)]
    [InlineData(200_001, 0, .800004)]
    [InlineData(150_000, 50_001, .6200004)]
    public void Charges_the_whole_request_at_the_higher_rate_once_its_input_with_cached_tokens_is_above_the_threshold(
        long fresh,
        long cached,
        double expected
    ) => Total(Used((InputText, fresh), (CacheRead, cached))).ShouldBe((decimal)expected);

    [Fact]
    public void Output_does_not_count_towards_the_context_threshold() =>
        Total(Used((InputText, 1), (OutputText, 300_000))).ShouldBe(3.600002m);

    [Theory]
    [InlineData(ServiceTier.Fast)]
    [InlineData(ServiceTier.Regional)]
    public void A_tier_that_the_card_does_not_state_is_unpriced_and_never_ordinary(ServiceTier tier) =>
        CostCalculator.Price(Tiered, Used((InputText, 1000), (OutputText, 100)), tier).Total.ShouldBeNull();

    [Fact]
    public void Prices_a_batch_call_at_the_batch_rate() =>
        Total(Used((InputText, 1000), (OutputText, 100)), ServiceTier.Batch).ShouldBe(.0016m);

    [Fact]
    public void Prices_a_large_priority_call_at_the_combined_rate() =>
        Total(Used((InputText, 300_000), (OutputText, 1000)), ServiceTier.Priority).ShouldBe(2.16m + .0324m);

    [Fact]
    public void A_large_batch_call_without_a_batch_price_for_large_ones_is_unpriced() =>
        Unpriced(Used((InputText, 300_000)), ServiceTier.Batch).ShouldBe([InputText]);

    [Fact]
    public void A_tier_that_the_card_does_not_state_is_unpriced() =>
        Unpriced(Used((InputText, 10), (OutputText, 1)), ServiceTier.Flex).ShouldBe([InputText, OutputText]);

    [Fact]
    public void A_token_kind_that_the_tier_does_not_state_is_unpriced() =>
        Unpriced(Used((InputText, 10), (CacheRead, 10)), ServiceTier.Batch).ShouldBe([CacheRead]);

    [Theory]
    [InlineData(ServiceTier.Batch, 10)]
    [InlineData(ServiceTier.Flex, 0)]
    [InlineData(ServiceTier.Priority, 300_000)]
    public void Tool_uses_cost_the_same_in_a_tier_that_does_not_say_otherwise(ServiceTier tier, long input)
    {
        var with = CostCalculator.Price(Tiered, Used((InputText, input), (ToolUse, 3)), tier).Total!.Value;
        var without = CostCalculator.Price(Tiered, Used((InputText, input)), tier).Total!.Value;
        (with - without).Usd.ShouldBe(.03m);
    }

    [Fact]
    public void A_kind_without_a_rate_makes_the_whole_charge_unpriced_and_never_zero()
    {
        var charge = CostCalculator.Price(
            Tiered,
            Used((InputText, 10), (OutputAudio, 1), (CacheWrite1h, 1)),
            ServiceTier.Standard
        );
        charge.Total.ShouldBeNull();
        charge.CostSource.ShouldBeNull();
        charge.Unpriced.ToString().ShouldBe("CacheWrite1h, OutputAudio");
    }

    [Fact]
    public void A_stated_rate_of_zero_is_free() =>
        CostCalculator
            .Price(Card("free", Tier((InputText, 0m))), Used((InputText, 10)), ServiceTier.Standard)
            .Total.ShouldBe(Money.Zero);

    [Fact]
    public void A_card_without_a_fee_per_request_has_none() =>
        Total(Used((InputText, 1000), (Request, 1))).ShouldBe(.002m);

    [Fact]
    public void A_model_without_a_card_is_unpriced_even_if_nothing_was_counted()
    {
        CostCalculator
            .Price(null, Used((InputText, 1)), ServiceTier.Standard)
            .Unpriced.Contains(InputText)
            .ShouldBeTrue();
        CostCalculator.Price(null, default, ServiceTier.Standard).Total.ShouldBeNull();
    }

    [Fact]
    public void A_kind_missing_above_the_threshold_has_the_lower_rate_only_if_the_card_states_it()
    {
        var strict = Card(
            "m",
            Tier((InputText, 1m), (OutputText, 5m)),
            Tier(ServiceTier.Standard, 1000, false, (InputText, 2m))
        );
        var inheriting = Card(
            "m",
            Tier((InputText, 1m), (OutputText, 5m)),
            Tier(ServiceTier.Standard, 1000, true, (InputText, 2m))
        );
        var usage = Used((InputText, 2000), (OutputText, 100));

        CostCalculator.Price(strict, usage, ServiceTier.Standard).Total.ShouldBeNull();
        CostCalculator.Price(inheriting, usage, ServiceTier.Standard).Total!.Value.Usd.ShouldBe(.0045m);
    }

    [Fact]
    public void Rounds_once_for_the_whole_row()
    {
        // 0.4 pico-dollars each: rounded apart they would vanish, together they are 0.8 and round to one.
        var card = Card("m", Tier((InputText, .0000004m), (OutputText, .0000004m)));
        CostCalculator
            .Price(card, Used((InputText, 1), (OutputText, 1)), ServiceTier.Standard)
            .Total!.Value.ToPico()
            .ShouldBe(1);
    }

    [Fact]
    public void The_largest_counts_at_the_largest_rate_do_not_overflow()
    {
        var kinds = Enum.GetValues<UsageKind>();
        var card = Card(
            "m",
            new RateTier(ServiceTier.Standard, 0, kinds.Select(kind => KeyValuePair.Create(kind, RateTier.MaxRate)))
        );
        var usage = Used([.. kinds.Select(kind => (kind, TokenUsage.MaxCount))]);
        CostCalculator.Price(card, usage, ServiceTier.Standard).Total!.Value.Usd.ShouldBe(15e18m);
    }

    [Fact]
    public void Finding_and_pricing_a_call_allocates_nothing()
    {
        var book = PriceBook.Create([Tiered]);
        var usage = Used((InputText, 300_000), (CacheRead, 5), (OutputText, 7), (ToolUse, 1), (Request, 1));
        FindAndPrice(book, usage, 1000);

        var before = GC.GetAllocatedBytesForCurrentThread();
        FindAndPrice(book, usage, 1000);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static void FindAndPrice(PriceBook book, in TokenUsage usage, int times)
    {
        for (var i = 0; i < times; i++)
            if (CostCalculator.Price(book.Find("openai", "tiered", Today), usage, ServiceTier.Priority).Total is null)
                throw new InvalidOperationException("not priced");
    }

    private static decimal Total(TokenUsage usage, ServiceTier tier = ServiceTier.Standard) =>
        CostCalculator.Price(Tiered, usage, tier).Total!.Value.Usd;

    private static UsageKind[] Unpriced(TokenUsage usage, ServiceTier tier)
    {
        var charge = CostCalculator.Price(Tiered, usage, tier);
        charge.Total.ShouldBeNull();
        List<UsageKind> kinds = [];
        foreach (var kind in charge.Unpriced)
            kinds.Add(kind);
        return [.. kinds];
    }
}
