using Tollgate.Metering.Pricing;
using Tollgate.Metering.Usage;
using static Tollgate.Metering.Tests.Pricing.Cards;

namespace Tollgate.Metering.Tests.Pricing;

public class PriceBookTests
{
    private static readonly PriceBook Book = PriceBook.Create([
        Version("new", "2026-07-01"),
        Version("first", null),
        Version("middle", "2025-09-01"),
    ]);

    [Theory]
    [InlineData("2020-01-01", "first")]
    [InlineData("2025-08-31", "first")]
    [InlineData("2025-09-01", "middle")]
    [InlineData("2026-07-01", "new")]
    [InlineData("2030-01-01", "new")]
    public void Finds_the_version_that_held_at_that_moment(string day, string version) =>
        Book.Find("openai", "gpt", At(day))!.PriceVersion.ShouldBe(version);

    [Theory]
    [InlineData("openai", "gpt-4o")]
    [InlineData("openai", "gp")]
    [InlineData("openai", "GPT")]
    [InlineData("openai", "gpt ")]
    [InlineData("azure", "gpt")]
    public void Finds_nothing_by_a_part_or_another_spelling_of_a_name(string provider, string model) =>
        Book.Find(provider, model, Today).ShouldBeNull();

    [Fact]
    public void Finds_by_an_alias() => Book.Find("openai", "gpt-latest", Today)!.PriceVersion.ShouldBe("new");

    [Fact]
    public void A_models_own_name_goes_before_another_models_alias()
    {
        var own = Card("gpt-latest", Tier((UsageKind.InputText, 1)));
        PriceBook.Create([Version("new", null), own]).Find("openai", "gpt-latest", Today).ShouldBe(own);
    }

    [Fact]
    public void Knows_no_price_before_the_first_version() =>
        PriceBook.Create([Version("late", "2026-07-01")]).Find("openai", "gpt", At("2026-06-30")).ShouldBeNull();

    [Fact]
    public void Knows_no_price_after_a_promotion_without_a_known_successor()
    {
        var promotion = new RateCard
        {
            Provider = "openai",
            Model = "promo",
            PriceVersion = "promo",
            Source = "test",
            Tiers = [Tier((UsageKind.InputText, 1))],
            EffectiveUntil = At("2026-09-01"),
        };
        var book = PriceBook.Create([promotion]);
        book.Find("openai", "promo", At("2026-08-31")).ShouldBe(promotion);
        book.Find("openai", "promo", At("2026-09-01")).ShouldBeNull();
    }

    [Fact]
    public void Own_prices_win_for_the_same_model()
    {
        var merged = Book.With([Version("own", null)]);
        merged.Find("openai", "gpt", Today)!.PriceVersion.ShouldBe("own");
        merged.Find("openai", "gpt", At("2020-01-01"))!.PriceVersion.ShouldBe("own");
    }

    [Fact]
    public void Own_prices_that_begin_late_leave_the_history_before_them()
    {
        var merged = Book.With([Version("own", "2026-01-01")]);
        merged.Find("openai", "gpt", At("2025-12-31"))!.PriceVersion.ShouldBe("middle");
        merged.Find("openai", "gpt", Today)!.PriceVersion.ShouldBe("own");
    }

    [Fact]
    public void Own_prices_leave_other_models_and_the_book_itself_as_they_were()
    {
        var other = Card("other", Tier((UsageKind.InputText, 1)));
        var merged = Book.With([other]);
        merged.Find("openai", "gpt", Today)!.PriceVersion.ShouldBe("new");
        merged.Find("openai", "other", Today).ShouldBe(other);
        Book.Find("openai", "other", Today).ShouldBeNull();
    }

    [Fact]
    public void Lists_every_version_once_and_every_name()
    {
        Book.Cards.Count().ShouldBe(3);
        Book.ModelNames.Order().ShouldBe(["gpt", "gpt-latest"]);
    }

    [Fact]
    public void An_empty_book_finds_nothing() => PriceBook.Empty.Find("openai", "gpt", Today).ShouldBeNull();

    private static RateCard Version(string version, string? from) =>
        new()
        {
            Provider = "openai",
            Model = "gpt",
            Aliases = ["gpt-latest"],
            PriceVersion = version,
            Source = "test",
            EffectiveFrom = from is null ? null : At(from),
            Tiers = [Tier((UsageKind.InputText, 1))],
        };
}
