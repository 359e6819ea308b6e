using Tollgate.SimulatedProvider.Billing;

namespace Tollgate.SimulatedProvider.Tests;

public sealed class AuditTests
{
    [Fact]
    public async Task Prices_the_bill_exactly()
    {
        await using var provider = await Provider.StartAsync();
        await provider.ChatAsync("[[sim input=1200 cached=1000 output=50]]").JsonAsync();
        await provider.MessagesAsync("[[sim input=1200 cached=1000 cache5m=10 cache1h=5 output=50]]").JsonAsync();

        var audit = await provider.AuditAsync();
        // 200 × 2.50 + 1000 × 1.25 + 50 × 10.00, and 185 × 3.00 + 1000 × 0.30 + 10 × 3.75 + 5 × 6.00 + 50 × 15.00, per
        // million
        audit["by_model"]!["gpt-4o"]!.GetValue<string>().ShouldBe("0.00225");
        audit["by_model"]!["claude-sonnet-4-5"]!.GetValue<string>().ShouldBe("0.0016725");
        audit["total_usd"]!.GetValue<string>().ShouldBe("0.0039225");
        audit["unpriced_models"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Names_models_and_kinds_without_a_price()
    {
        await using var provider = await Provider.StartAsync();
        await provider.ChatAsync("", model: "made-up").JsonAsync();
        await provider.ChatAsync("[[sim audio_in=4]]").JsonAsync();
        var audit = await provider.AuditAsync();
        audit["unpriced_models"]!.AsArray().Select(m => m!.GetValue<string>()).ShouldBe(["gpt-4o", "made-up"]);
        audit["total_usd"]!.GetValue<string>().ShouldBe("0");
    }

    [Fact]
    public void The_higher_tier_is_decided_by_each_calls_whole_input()
    {
        BillAudit.Price("gemini-2.5-pro", new BilledTokens { InputText = 200_000, OutputText = 1 }).ShouldBe(0.25001m);
        BillAudit
            .Price(
                "gemini-2.5-pro",
                new BilledTokens
                {
                    InputText = 1,
                    CacheRead = 200_000,
                    OutputText = 1,
                }
            )
            .ShouldBe(0.0500175m);
    }

    [Fact]
    public async Task Two_calls_below_a_tier_are_not_priced_as_one_above_it()
    {
        await using var provider = await Provider.StartAsync();
        await provider.GeminiAsync("generateContent", "[[sim input=150000 output=0]]", "gemini-2.5-pro").JsonAsync();
        await provider.GeminiAsync("generateContent", "[[sim input=150000 output=0]]", "gemini-2.5-pro").JsonAsync();
        (await provider.AuditAsync())["total_usd"]!.GetValue<string>().ShouldBe("0.375");
    }
}
