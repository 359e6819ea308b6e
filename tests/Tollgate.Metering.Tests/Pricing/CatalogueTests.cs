using Tollgate.Metering.Pricing;
using Tollgate.Metering.Usage;
using static Tollgate.Metering.Tests.Pricing.Cards;
using static Tollgate.Metering.Usage.ServiceTier;
using static Tollgate.Metering.Usage.UsageKind;

namespace Tollgate.Metering.Tests.Pricing;

/// <summary>
/// What the built-in catalogue promises. The figures are copied by hand from the price files it was drawn from.
/// </summary>
public class CatalogueTests
{
    private static readonly PriceBook Book = BuiltInPrices.Book;

    [Fact]
    public void Has_at_least_150_models_of_the_five_large_providers_in_figures_of_2026_07() =>
        Book
            .Cards.Where(card => card.Provider is "openai" or "anthropic" or "gemini" or "xai" or "deepseek")
            .Where(card => card.Observed == new DateOnly(2026, 7, 1))
            .Select(card => (card.Provider, card.Model))
            .Distinct()
            .Count()
            .ShouldBeGreaterThanOrEqualTo(150);

    [Theory]
    [InlineData("azure", 60)]
    [InlineData("mistral", 20)]
    [InlineData("groq", 20)]
    [InlineData("together", 15)]
    public void Has_the_other_providers_in_figures_of_2025_09(string provider, int models) =>
        Book
            .Cards.Count(card => card.Provider == provider && card.Observed == new DateOnly(2025, 9, 1))
            .ShouldBeGreaterThanOrEqualTo(models);

    [Fact]
    public void Every_price_has_its_date_and_source()
    {
        foreach (var card in Book.Cards)
        {
            card.Source.Length.ShouldBeGreaterThan(10, card.PriceVersion);
            if (card.Observed is null)
                card.Source.ShouldBe("historic price table, undated");
        }
    }

    [Fact]
    public void Every_version_is_named_once_and_prices_something()
    {
        Book.Cards.Select(card => card.PriceVersion).ShouldBeUnique();
        Book.Cards.ShouldAllBe(card => card.PriceVersion.StartsWith("builtin/"));
        Book.Cards.ShouldAllBe(card => Enum.GetValues<UsageKind>().Any(kind => card.Tiers[0][kind] != null));
    }

    [Fact]
    public void No_price_is_absurd()
    {
        foreach (var card in Book.Cards)
            foreach (var tier in card.Tiers)
                for (var kind = InputText; kind <= OutputImage; kind++)
                    (tier[kind] ?? 0).ShouldBeInRange(0m, .01m, $"{card.PriceVersion} {kind}");
    }

    [Theory]
    [InlineData("openai", "gpt-4o", Standard, 0, InputText, "2.50")]
    [InlineData("openai", "gpt-4o", Standard, 0, CacheRead, "1.25")]
    [InlineData("openai", "gpt-4o", Standard, 0, OutputText, "10")]
    [InlineData("openai", "gpt-4o", Standard, 0, OutputReasoning, "10")]
    [InlineData("openai", "gpt-4o", Batch, 0, OutputText, "5")]
    [InlineData("openai", "gpt-4o", Priority, 0, InputText, "4.25")]
    [InlineData("openai", "gpt-4o", Priority, 0, CacheRead, "2.125")]
    [InlineData("openai", "gpt-4o", Flex, 0, InputText, null)]
    [InlineData("openai", "gpt-4o-mini", Standard, 0, InputText, "0.15")]
    [InlineData("openai", "gpt-4o-mini", Standard, 0, OutputText, "0.60")]
    [InlineData("openai", "gpt-4o-2024-08-06", Standard, 0, InputText, "2.5")]
    [InlineData("openai", "gpt-4-turbo", Standard, 0, OutputText, "30")]
    [InlineData("openai", "gpt-3.5-turbo", Standard, 0, OutputText, "1.5")]
    [InlineData("openai", "gpt-5.4", Standard, 0, InputText, "2.5")]
    [InlineData("openai", "gpt-5.4", Standard, 272_001, InputText, "5")]
    [InlineData("openai", "gpt-5.4", Standard, 272_000, OutputText, "15")]
    [InlineData("openai", "gpt-5.4", Flex, 0, CacheRead, "0.13")]
    [InlineData("openai", "gpt-5.4", Priority, 0, OutputText, "30")]
    [InlineData("openai", "gpt-5.4", Priority, 300_000, OutputText, null)]
    [InlineData("openai", "gpt-5.6", Flex, 0, CacheWrite5m, "3.125")]
    [InlineData("openai", "gpt-realtime", Standard, 0, OutputAudio, "64")]
    [InlineData("openai", "gpt-realtime", Standard, 0, InputImage, null)]
    [InlineData("openai", "gpt-image-1", Standard, 0, OutputImage, "40")]
    [InlineData("openai", "text-embedding-3-small", Standard, 0, InputText, "0.02")]
    [InlineData("anthropic", "claude-sonnet-4-5", Standard, 0, CacheWrite1h, "6")]
    [InlineData("anthropic", "claude-sonnet-4-5-20250929", Standard, 200_001, InputText, "6")]
    [InlineData("anthropic", "claude-sonnet-4-5-20250929", Standard, 200_001, CacheWrite1h, "12")]
    [InlineData("anthropic", "claude-sonnet-4-5-20250929", Standard, 200_001, CacheWrite5m, "7.5")]
    [InlineData("anthropic", "claude-3-5-sonnet-20241022", Standard, 0, CacheRead, "0.3")]
    [InlineData("anthropic", "claude-3-5-sonnet", Standard, 0, OutputText, "15")]
    [InlineData("anthropic", "claude-3-opus", Standard, 0, OutputText, "75")]
    [InlineData("anthropic", "claude-3-haiku", Standard, 0, InputText, "0.25")]
    [InlineData("anthropic", "claude-3-haiku", Standard, 0, CacheWrite1h, null)]
    [InlineData("anthropic", "claude-opus-4-5", Standard, 0, OutputText, "25")]
    [InlineData("gemini", "gemini-2.5-pro", Standard, 0, CacheRead, "0.125")]
    [InlineData("gemini", "gemini-2.5-pro", Standard, 200_001, OutputReasoning, "15")]
    [InlineData("gemini", "gemini-2.5-flash", Standard, 0, InputAudio, "1")]
    [InlineData("gemini", "gemini-3-pro-preview", Priority, 200_001, OutputText, "32.4")]
    [InlineData("gemini", "gemini-3-pro-preview", Batch, 0, InputText, "1")]
    [InlineData("gemini", "gemini-2.0-flash-001", Standard, 0, InputText, "0.1")]
    [InlineData("vertex_ai", "gemini-2.5-pro", Standard, 0, InputText, "1.25")]
    [InlineData("xai", "grok-4.3", Standard, 0, InputText, "1.25")]
    [InlineData("xai", "grok-4", Standard, 0, OutputText, "15")]
    [InlineData("deepseek", "deepseek-chat", Standard, 0, CacheRead, "0.028")]
    [InlineData("mistral", "mistral-large-latest", Standard, 0, OutputText, "6")]
    [InlineData("groq", "llama-3.3-70b-versatile", Standard, 0, InputText, "0.59")]
    [InlineData("groq", "openai/gpt-oss-20b", Standard, 0, OutputText, "0.5")]
    [InlineData("together", "openai/gpt-oss-120b", Standard, 0, OutputText, "0.6")]
    [InlineData("azure", "gpt-35-turbo", Standard, 0, InputText, "0.5")]
    public void States_the_published_figure(
        string provider,
        string model,
        ServiceTier tier,
        long input,
        UsageKind kind,
        string? perMillion
    )
    {
        var card = Book.Find(provider, model, Today).ShouldNotBeNull();
        (CostCalculator.UnitRate(card, kind, tier, input) * 1_000_000).ShouldBe(
            perMillion is null ? null : decimal.Parse(perMillion, System.Globalization.CultureInfo.InvariantCulture)
        );
    }

    [Theory]
    [InlineData("gemini", "gemini-2.5-flash", "2025-08-31", "0.075", "0.30")]
    [InlineData("gemini", "gemini-2.5-flash", "2025-09-01", "0.30", "2.50")]
    [InlineData("gemini", "gemini-pro", "2024-01-01", "0.50", "1.50")]
    [InlineData("openai", "gpt-3.5-turbo", "2024-01-01", "0.50", "1.50")]
    [InlineData("openai", "gpt-4o", "2024-06-01", "2.50", "10.00")]
    [InlineData("deepseek", "deepseek-chat", "2026-06-30", "0.27", "1.10")]
    [InlineData("deepseek", "deepseek-chat", "2026-07-01", "0.28", "0.42")]
    public void Keeps_the_older_figure_for_older_calls(
        string provider,
        string model,
        string day,
        string input,
        string output
    )
    {
        var tier = Book.Find(provider, model, At(day))!.FindTier(Standard)!;
        Figure(tier[InputText]!.Value).ShouldBe(input);
        Figure(tier[OutputText]!.Value).ShouldBe(output);
    }

    [Fact]
    public void A_promotion_ends_unpriced()
    {
        Book.Find("anthropic", "claude-sonnet-5", At("2026-08-31")).ShouldNotBeNull();
        Book.Find("anthropic", "claude-sonnet-5", At("2026-09-01")).ShouldBeNull();
    }

    [Fact]
    public void Each_tool_use_is_priced() =>
        Book.Find("anthropic", "claude-sonnet-4-5", Today)!.FindTier(Standard)![ToolUse].ShouldBe(.01m);

    [Fact]
    public void A_small_model_is_not_taken_for_a_large_one() =>
        Book.Find("openai", "gpt-4o-mini", Today).ShouldNotBe(Book.Find("openai", "gpt-4o", Today));

    [Fact]
    public void Has_no_problems()
    {
        foreach (var provider in Book.Providers)
            BuiltInPrices.Parse(provider).Problems.ShouldBeEmpty();
    }

    [Fact]
    public void Cards_that_are_made_when_asked_for_are_those_of_the_whole_file()
    {
        foreach (var provider in Book.Providers)
        {
            var whole = PriceBook.Create(BuiltInPrices.Parse(provider).Cards);
            var asked = whole
                .ModelNames.Order(StringComparer.Ordinal)
                .Select(name => (Whole: whole.Find(provider, name, Today)!, Asked: Book.Find(provider, name, Today)!))
                .ToList();

            PriceFile
                .Write(asked.Select(static pair => pair.Asked))
                .ShouldBe(PriceFile.Write(asked.Select(static pair => pair.Whole)));
            PriceFile
                .Write(InOrder(Book.Cards.Where(card => card.Provider == provider)))
                .ShouldBe(PriceFile.Write(InOrder(whole.Cards)));
        }
    }

    private static IEnumerable<RateCard> InOrder(IEnumerable<RateCard> cards) =>
        cards.OrderBy(static card => card.PriceVersion, StringComparer.Ordinal);

    private static string Figure(decimal perToken) =>
        (perToken * 1_000_000).ToString("0.00#", System.Globalization.CultureInfo.InvariantCulture);
}
