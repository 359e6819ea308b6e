using System.Text;
using Tollgate.Metering.Pricing;
using Tollgate.Metering.Usage;
using static Tollgate.Metering.Tests.Pricing.Cards;

namespace Tollgate.Metering.Tests.Pricing;

public class PriceFileTests
{
    private const string Good = """
        {
          "provider": "openai", "observed": "2026-07-01", "source": "https://example.org",
          "models": [
            { "model": "gpt", "aliases": ["gpt-latest"], "max_output_tokens": 100,
              "rates": [ { "usd_per_million": { "input": "2.50", "output": 1e1 }, "usd_each": { "tool_use": "0.01" } },
                         { "tier": "batch", "above_input_tokens": 200000, "inherits": true,
                           "usd_per_million": { "input": "1.25" } } ] },
            { "model": "gpt", "effective_from": "2026-09-01", "observed": null, "price_version": "mine",
              "rates": [ { "usd_per_million": { "input": "3" } } ] }, // trailing comma and comment are allowed
          ]
        }
        """;

    [Fact]
    public void Reads_prices_limits_names_and_dates()
    {
        var file = PriceFile.Parse(Good, "own");
        file.Problems.ShouldBeEmpty();
        var card = PriceBook.Create(file.Cards).Find("openai", "gpt-latest", Today)!;
        card.PriceVersion.ShouldBe("own/2026-07/openai/gpt");
        card.MaxOutputTokens.ShouldBe(100);
        card.FindTier(ServiceTier.Standard)![UsageKind.InputText].ShouldBe(.0000025m);
        card.FindTier(ServiceTier.Standard)![UsageKind.OutputText].ShouldBe(.00001m);
        card.FindTier(ServiceTier.Standard)![UsageKind.ToolUse].ShouldBe(.01m);
        card.FindTier(ServiceTier.Batch, 200_000)!.Inherits.ShouldBeTrue();
    }

    [Fact]
    public void A_date_without_zone_is_utc()
    {
        var second = PriceFile.Parse(Good, "own").Cards[1];
        second.EffectiveFrom.ShouldBe(At("2026-09-01"));
        second.Observed.ShouldBeNull();
        second.PriceVersion.ShouldBe("mine");
    }

    [Fact]
    public void Written_prices_read_back_the_same()
    {
        var written = PriceFile.Write(PriceFile.Parse(Good, "own").Cards);
        var again = PriceFile.Parse(written, "other");
        again.Problems.ShouldBeEmpty();
        PriceFile.Write(again.Cards).ShouldBe(written);
        again.Cards[0].PriceVersion.ShouldBe("own/2026-07/openai/gpt");
    }

    [Fact]
    public void The_whole_catalogue_reads_back_the_same()
    {
        var written = PriceFile.Write(BuiltInPrices.Book.Cards);
        PriceFile.Write(PriceFile.Parse(written, "other").Cards).ShouldBe(written);
    }

    [Fact]
    public void Reports_every_problem_at_once_with_its_path()
    {
        const string Bad = """
            { "provider": "openai", "modles": 1, "models": [
              { "model": "a", "rates": [ { "tier": "gold", "usd_per_million": { "input": "-1", "otuput": "2" } } ] },
              { "rates": [ { "usd_per_million": { "input": "cheap" } }, { "usd_per_million": { "input": true } } ] },
              { "model": "b", "max_input_tokens": 1.5, "effective_from": "soon", "rates": [] },
              { "model": "c", "model": "d", "rates": [ { "usd_per_million": { "input": "1" } } ] },
              7,
              { "model": "ok", "rates": [ { "usd_per_million": { "input": "1" } } ] },
              { "model": "ok", "rates": [ { "usd_per_million": { "input": "2" } } ] } ] }
            """;
        var file = PriceFile.Parse(Bad, "own");
        file.Cards.ShouldHaveSingleItem().Model.ShouldBe("ok");
        var paths = file.Problems.Select(problem => problem.Path).ToList();
        paths.ShouldBe(
            [
                "modles",
                "models[0].rates[0].tier",
                "models[0].rates[0].usd_per_million.input",
                "models[0].rates[0].usd_per_million.otuput",
                "models[1].model",
                "models[1].rates[0].usd_per_million.input",
                "models[1].rates[1].usd_per_million.input",
                "models[1].rates[1].tier",
                "models[2].max_input_tokens",
                "models[2].effective_from",
                "models[2].rates",
                "models[3].model",
                "models[4]",
                "models[4].model",
                "models[4].rates",
                "models[6].model",
            ],
            ignoreOrder: true
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"models\":{}}")]
    [InlineData("{\"models\":[{\"model\":\"\\ud800\",\"provider\":\"p\"}]}")]
    public void A_broken_file_is_a_problem_and_not_an_exception(string json)
    {
        var file = PriceFile.Parse(json, "own");
        file.Cards.ShouldBeEmpty();
        file.Problems.ShouldNotBeEmpty();
    }

    [Fact]
    public void Cut_at_every_byte_it_never_throws_and_never_prices()
    {
        var bytes = Encoding.UTF8.GetBytes(Good.TrimEnd());
        for (var length = 0; length < bytes.Length; length++)
        {
            var cut = PriceFile.Parse(bytes.AsSpan(0, length), "own");
            cut.Cards.ShouldBeEmpty();
            cut.Problems.ShouldHaveSingleItem();
        }
    }

    [Fact]
    public void A_byte_order_mark_is_passed_over() => PriceFile.Parse("\uFEFF" + Good, "own").Problems.ShouldBeEmpty();
}
