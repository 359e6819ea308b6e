using Tollgate.Accounting.Tests.Ledger;
using Tollgate.Accounting.Tracking;
using Tollgate.Metering.Pricing;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Tests.Tracking;

public sealed class TrackingTests : LedgerFixture
{
    private static readonly UsageEntry Entry = new()
    {
        Model = "gpt-4o-mini",
        PromptTokens = 1000,
        CompletionTokens = 100,
    };

    [Fact]
    public async Task Everything_that_is_stated_is_booked()
    {
        await using var ledger = await OpenAsync();
        var id = Guid.CreateVersion7();
        var entry = Entry with
        {
            Provider = "openai",
            CachedTokens = 400,
            ReasoningTokens = 60,
            LocalPromptTokens = 990,
            LocalCompletionTokens = 101,
            Cost = 0.25m,
            ExecutionTime = TimeSpan.FromSeconds(1.5),
            CallerName = "notes",
            Username = "ada",
            Project = "engine",
            Session = "s-1",
            Timestamp = Time.GetUtcNow().AddHours(-3),
            Id = id,
        };
        (await new UsageTracker(ledger, time: Time).TrackAsync(entry)).Id.ShouldBe(new CallId(id, 1));
        await new UsageTracker(ledger, time: Time).TrackAsync(entry);

        var record = (await ledger.Query.TailAsync(9)).ShouldHaveSingleItem("the same identity is one record");
        record.Usage.ToString().ShouldBe("InputText=600 CacheRead=400 OutputText=40 OutputReasoning=60 Request=1");
        record.Usage.TotalTokens.ShouldBe(1100);
        record.Local.ShouldBe(new LocalTokens(990, 101, 1091));
        record.Cost.ShouldBe(Money.Round(0.25m));
        record.CostSource.ShouldBe("caller");
        record.Attribution.ShouldBe(
            new Attribution
            {
                Application = "notes",
                User = "ada",
                Project = "engine",
                Session = "s-1",
            }
        );
        record.Duration.ShouldBe(TimeSpan.FromSeconds(1.5));
        record.StartedAt.ShouldBe(Time.GetUtcNow().AddHours(-3));
        record.Outcome.ShouldBe(CallOutcome.Booked);
    }

    [Theory]
    [InlineData(10, 5, null, 15, "Reported")]
    [InlineData(10, null, 15, 15, "Reported")]
    [InlineData(null, 5, 15, 15, "Reported")]
    [InlineData(null, null, 15, 15, "Estimated")]
    [InlineData(10, 5, 15, 15, "Reported")]
    [InlineData(10, null, null, 10, "Reported")]
    [InlineData(0, 0, 0, 0, "Reported")]
    [InlineData(null, null, null, 0, "Missing")]
    public async Task Omitted_counts_are_derived(int? prompt, int? completion, int? total, int expected, string source)
    {
        await using var ledger = await OpenAsync();
        var record = new UsageTracker(ledger, time: Time).ToRecord(
            Entry with
            {
                PromptTokens = prompt,
                CompletionTokens = completion,
                TotalTokens = total,
            }
        );
        record.Usage.TotalTokens.ShouldBe(expected);
        record.UsageSource.ToString().ShouldBe(source);
    }

    public static TheoryData<string, UsageEntry> Refusals =>
        new()
        {
            { "Model", Entry with { Model = "  " } },
            { "PromptTokens", Entry with { PromptTokens = -1 } },
            { "CompletionTokens", Entry with { CompletionTokens = -1 } },
            { "TotalTokens", Entry with { TotalTokens = 1099 } },
            { "TotalTokens", Entry with { TotalTokens = 5, CompletionTokens = null } },
            { "CachedTokens", Entry with { CachedTokens = 1001 } },
            { "CachedTokens", Entry with { CachedTokens = -1 } },
            { "CacheWriteTokens", Entry with { CachedTokens = 900, CacheWriteTokens = 101 } },
            { "ReasoningTokens", Entry with { ReasoningTokens = 101 } },
            { "LocalTotalTokens", Entry with { LocalTotalTokens = -5 } },
            { "Cost", Entry with { Cost = -0.01m } },
            { "Cost", Entry with { Cost = 10_000_000m } },
            { "ExecutionTime", Entry with { ExecutionTime = TimeSpan.FromSeconds(-1) } },
            { "Timestamp", Entry with { Timestamp = new DateTimeOffset(1969, 12, 31, 0, 0, 0, TimeSpan.Zero) } },
            { "Timestamp", Entry with { Timestamp = new DateTimeOffset(2226, 12, 31, 0, 0, 0, TimeSpan.Zero) } },
            { "Project", Entry with { Project = new string('p', 257) } },
        };

    [Theory]
    [MemberData(nameof(Refusals), DisableDiscoveryEnumeration = true)]
    public async Task Invalid_fields_are_refused_by_name(string field, UsageEntry entry)
    {
        await using var ledger = await OpenAsync();
        var refusal = await Should.ThrowAsync<ArgumentException>(() =>
            new UsageTracker(ledger, time: Time).TrackAsync(entry)
        );
        refusal.ParamName.ShouldBe(field);
        refusal.Message.ShouldContain(field);
        (await ledger.Query.TailAsync(9)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_a_stated_cost_a_record_is_priced_by_the_book_or_stays_unpriced()
    {
        await using var ledger = await OpenAsync();
        var tracker = new UsageTracker(ledger, BuiltInPrices.Book, Time);
        var priced = tracker.ToRecord(Entry);
        priced.Provider.ShouldBe("openai", "the one whose list has the model");
        priced.Cost.ShouldBe(Money.Round((1000 * 0.15m + 100 * 0.60m) / 1_000_000m));
        priced.CostSource.ShouldNotBeNull();

        var unknown = tracker.ToRecord(Entry with { Model = "gpt-4o-mini-of-mine" });
        unknown.Provider.ShouldBe("unknown");
        unknown.Cost.ShouldBeNull();
    }

    [Fact]
    public async Task An_answered_call_of_unknown_consumption_is_unpriced_and_a_refused_one_is_free()
    {
        await using var ledger = await OpenAsync();
        var tracker = new UsageTracker(ledger, BuiltInPrices.Book, Time);
        var unknown = new UsageEntry { Model = "gpt-4o-mini", Outcome = CallOutcome.Completed };
        tracker.ToRecord(unknown).Cost.ShouldBeNull();
        tracker.ToRecord(unknown with { Outcome = CallOutcome.ProviderError }).Cost.ShouldBe(Money.Zero);
        tracker.ToRecord(unknown with { PromptTokens = 0 }).Cost.ShouldBe(Money.Zero);
    }

    [Fact]
    public async Task Tokens_written_to_a_cache_have_their_own_price()
    {
        await using var ledger = await OpenAsync();
        var record = new UsageTracker(ledger, BuiltInPrices.Book, Time).ToRecord(
            new UsageEntry
            {
                Model = "claude-sonnet-4-5",
                PromptTokens = 3000,
                CachedTokens = 2000,
                CacheWriteTokens = 500,
                CompletionTokens = 250,
            }
        );
        record.Usage.ToString().ShouldBe("InputText=500 CacheRead=2000 CacheWrite5m=500 OutputText=250 Request=1");
        record.Cost.ShouldBe(Money.Round(0.007725m));
    }
}
