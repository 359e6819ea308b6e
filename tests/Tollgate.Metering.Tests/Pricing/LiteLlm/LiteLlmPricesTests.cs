using System.Text;
using Tollgate.Metering.Pricing;
using Tollgate.Metering.Pricing.LiteLlm;
using Tollgate.Metering.Usage;
using static Tollgate.Metering.Usage.UsageKind;

namespace Tollgate.Metering.Tests.Pricing.LiteLlm;

public class LiteLlmPricesTests
{
    [Fact]
    public void Reads_exact_rates_of_every_tier()
    {
        var card = One(
            """
            "litellm_provider": "openai", "max_tokens": 9, "source": "https://example.org",
            "input_cost_per_token": 7.5e-08,
            "cache_creation_input_token_cost": 1e-7, "cache_creation_input_token_cost_above_1hr": 2e-7,
            "input_cost_per_token_batches": 3.75e-8, "input_cost_per_token_above_200k_tokens_priority": 4.0054321e-08
            """
        );
        card.MaxOutputTokens.ShouldBe(9);
        card.Source.ShouldBe("https://example.org");
        card.PriceVersion.ShouldBe("litellm/2026-07/openai/m");
        card.FindTier(ServiceTier.Standard)![InputText].ShouldBe(.000000075m);
        card.FindTier(ServiceTier.Standard)![CacheWrite5m].ShouldBe(.0000001m);
        card.FindTier(ServiceTier.Standard)![CacheWrite1h].ShouldBe(.0000002m);
        card.FindTier(ServiceTier.Batch)![InputText].ShouldBe(.0000000375m);
        card.FindTier(ServiceTier.Priority, 200_000)![InputText].ShouldBe(.000000040054321m);
    }

    [Fact]
    public void An_absent_input_modality_or_reasoning_has_the_text_rate_in_every_tier()
    {
        var card = One(
            """
            "litellm_provider": "openai", "input_cost_per_token": 1e-6, "output_cost_per_token": 2e-6,
            "output_cost_per_reasoning_token": 2e-6, "input_cost_per_token_flex": 5e-7,
            "output_cost_per_token_flex": 1e-6
            """
        );
        card.FindTier(ServiceTier.Standard)![InputAudio].ShouldBe(.000001m);
        card.FindTier(ServiceTier.Flex)![InputImage].ShouldBe(.0000005m);
        card.FindTier(ServiceTier.Flex)![OutputReasoning].ShouldBe(.000001m);
    }

    [Fact]
    public void A_modality_with_a_price_of_its_own_does_not_follow_text_into_another_tier()
    {
        var card = One(
            """
            "litellm_provider": "openai", "input_cost_per_token": 1e-6, "input_cost_per_audio_token": 3e-6,
            "input_cost_per_token_flex": 5e-7
            """
        );
        card.FindTier(ServiceTier.Flex)![InputAudio].ShouldBeNull();
    }

    [Fact]
    public void Output_audio_output_images_and_cache_reads_have_no_default()
    {
        var tier = One(
            """ "litellm_provider": "openai", "input_cost_per_token": 1e-6, "output_cost_per_token": 2e-6 """
        ).Tiers[0];
        tier[OutputAudio].ShouldBeNull();
        tier[OutputImage].ShouldBeNull();
        tier[CacheRead].ShouldBeNull();
    }

    [Fact]
    public void A_field_that_is_not_understood_is_listed_and_its_kind_is_unpriced()
    {
        var import = Import(
            """
            { "m": { "litellm_provider": "openai", "input_cost_per_token": 1e-6, "output_cost_per_token": 2e-6,
                     "output_cost_per_token_turbo": 1e-5, "input_cost_per_image": 0.001,
                     "citation_cost_per_token": 1e-6 } }
            """
        );
        import
            .UnsupportedFields.ShouldHaveSingleItem()
            .Fields.ShouldBe(["output_cost_per_token_turbo", "input_cost_per_image", "citation_cost_per_token"]);
        var tier = import.Cards.ShouldHaveSingleItem().Tiers.ShouldHaveSingleItem();
        tier[InputText].ShouldBe(.000001m);
        tier[InputAudio].ShouldBe(.000001m);
        tier[OutputText].ShouldBeNull();
        tier[InputImage].ShouldBeNull();
    }

    [Theory]
    [InlineData("\"search_context_cost_per_query\": { \"low\": 0.01, \"high\": 0.01 }", "0.01")]
    [InlineData("\"search_context_cost_per_query\": { \"low\": 0.01, \"high\": 0.02 }", null)]
    public void A_search_is_priced_where_all_its_sizes_cost_the_same(string field, string? expected)
    {
        var card = One($""" "litellm_provider": "openai", "input_cost_per_token": 1e-6, {field} """);
        (card.Tiers[0][ToolUse]?.ToString(System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(expected);
    }

    [Fact]
    public void Zeros_beside_a_price_in_another_unit_do_not_make_a_model_free()
    {
        var import = Import(
            """
            { "m": { "litellm_provider": "p", "input_cost_per_token": 0.0, "output_cost_per_token": 0,
                     "input_cost_per_query": 0.002 } }
            """
        );
        import.Cards.ShouldBeEmpty();
        import.Unpriced.ShouldBe(["m"]);
    }

    [Theory]
    [InlineData("0.0001", "0.0001", "0.0001")]
    [InlineData("0.0001", "0.0", "0.0001")]
    [InlineData("0.0001", "0.0002", null)]
    public void A_second_has_one_price_or_none(string input, string output, string? expected)
    {
        var card = One(
            $"""
            "litellm_provider": "p", "input_cost_per_token": 1,
            "input_cost_per_second": {input}, "output_cost_per_second": {output}
            """
        );
        (card.Tiers[0][Second]?.ToString(System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(expected);
    }

    [Theory]
    [InlineData("gemini/gemini-pro", "gemini", "gemini", "gemini-pro")]
    [InlineData("groq/openai/gpt-oss-20b", "groq", "groq", "openai/gpt-oss-20b")]
    [InlineData("together_ai/Qwen/Qwen3", "together_ai", "together", "Qwen/Qwen3")]
    [InlineData("vertex_ai/meta/llama", "vertex_ai-llama_models", "vertex_ai", "meta/llama")]
    [InlineData("gpt-3.5-turbo-instruct", "text-completion-openai", "openai", "gpt-3.5-turbo-instruct")]
    [InlineData("azure/eu/gpt-4o", "azure", "azure", "eu/gpt-4o")]
    public void Provider_and_model_have_their_own_names_and_the_key_stays_an_alias(
        string key,
        string litellm,
        string provider,
        string model
    )
    {
        var card = Import($$"""{ "{{key}}": { "litellm_provider": "{{litellm}}", "input_cost_per_token": 1e-6 } }""")
            .Cards.ShouldHaveSingleItem();
        (card.Provider, card.Model).ShouldBe((provider, model));
        PriceBook.Create([card]).Find(provider, key, default).ShouldBe(card);
    }

    [Theory]
    [InlineData("deepseek/chat", "chat")]
    [InlineData("chat", "deepseek/chat")]
    public void Of_two_different_prices_for_one_model_the_prefixed_one_holds_and_it_is_a_problem(
        string first,
        string second
    )
    {
        string Entry(string key) =>
            $$"""
                "{{key}}": { "litellm_provider": "deepseek", "input_cost_per_token": {{(key == "chat" ? 1 : 2)}} }
                """;
        var import = Import($"{{ {Entry(first)}, {Entry(second)} }}");
        import.Cards.ShouldHaveSingleItem().Tiers[0][InputText].ShouldBe(2);
        import.Problems.ShouldHaveSingleItem().Message.ShouldContain("chat of deepseek");
    }

    [Theory]
    [InlineData("\"input_cost_per_token\": \"1e-6\"", "m.input_cost_per_token")]
    [InlineData("\"input_cost_per_token\": -1e-6", "m.input_cost_per_token")]
    [InlineData("\"input_cost_per_token\": 1e-40", "m.input_cost_per_token")]
    [InlineData("\"input_cost_per_token\": 1, \"input_cost_per_token\": 2", "m.input_cost_per_token")]
    [InlineData("\"search_context_cost_per_query\": { \"low\": true }", "m.search_context_cost_per_query.low")]
    public void A_bad_price_is_a_problem_with_its_path_and_the_model_has_no_card(string field, string path)
    {
        var import = Import(
            $$"""{ "m": { "litellm_provider": "openai", "output_cost_per_token": 1e-6, {{field}} } }"""
        );
        import.Problems.ShouldHaveSingleItem().Path.ShouldBe(path);
        import.Cards.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("{ \"m\": 7 }", "m")]
    [InlineData("{ \"m\": {} }", "m.litellm_provider")]
    [InlineData("{ \"m\": { \"litellm_provider\": 1 } }", "m.litellm_provider")]
    [InlineData("[]", "")]
    [InlineData("", "")]
    [InlineData("{ \"m\": { \"litellm_provider\": \"\\udc00\" } }", "")]
    public void A_broken_entry_or_file_is_a_problem(string json, string path) =>
        Import(json).Problems.ShouldHaveSingleItem().Path.ShouldBe(path);

    [Fact]
    public void The_specimen_entry_is_passed_over() =>
        Import("""{ "sample_spec": { "litellm_provider": "one of ...", "input_cost_per_token": "0.0" } }""")
            .Problems.ShouldBeEmpty();

    [Fact]
    public void An_import_can_be_saved_in_our_own_format()
    {
        var import = Import(Sample);
        var saved = PriceFile.Parse(PriceFile.Write(import.Cards), "own");
        saved.Problems.ShouldBeEmpty();
        PriceFile.Write(saved.Cards).ShouldBe(PriceFile.Write(import.Cards));
    }

    [Fact]
    public void Cut_at_every_byte_it_reports_one_problem_and_no_price()
    {
        var bytes = Encoding.UTF8.GetBytes(Sample);
        for (var length = 0; length < bytes.Length; length++)
        {
            var import = LiteLlmPrices.Import(bytes.AsSpan(0, length), "cut");
            import.Cards.ShouldBeEmpty();
            import.Problems.ShouldHaveSingleItem();
        }
    }

    [Fact]
    public void Never_throws_and_never_makes_a_negative_price_of_random_damage()
    {
        var random = new Random(20260715);
        var bytes = Encoding.UTF8.GetBytes(Sample);
        for (var i = 0; i < 10_000; i++)
        {
            var damaged = (byte[])bytes.Clone();
            for (var hits = random.Next(1, 5); hits > 0; hits--)
                damaged[random.Next(damaged.Length)] =
                    random.Next(3) == 0 ? (byte)random.Next(256) : (byte)"\"{}[]:,-.e019\\ut"[random.Next(15)];
            foreach (var card in LiteLlmPrices.Import(damaged, "fuzz").Cards)
                foreach (var tier in card.Tiers)
                    (tier[InputText] ?? 0).ShouldBeGreaterThanOrEqualTo(0);
        }
    }

    private const string Sample = """
        { "gpt": { "litellm_provider": "openai", "max_input_tokens": 100,
                   "input_cost_per_token": 2.5e-06, "output_cost_per_token": 1e-05,
                   "input_cost_per_token_above_200k_tokens_priority": 7.2e-06,
                   "search_context_cost_per_query": { "low": 0.01 } },
          "xai/grok": { "litellm_provider": "xai", "input_cost_per_token": 3e-06,
                        "cache_creation_input_token_cost_above_1hr": 6e-06,
                        "tiered_pricing": [1], "input_cost_per_image": 0.1, "supports_vision": true, "source": null } }
        """;

    private static RateCard One(string fields) => Import($"{{ \"m\": {{ {fields} }} }}").Cards.ShouldHaveSingleItem();

    private static LiteLlmImport Import(string json) =>
        LiteLlmPrices.Import(Encoding.UTF8.GetBytes(json), "litellm/2026-07");
}
