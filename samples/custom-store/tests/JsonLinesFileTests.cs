using Tollgate.Accounting;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Tracking;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Pricing;
using Tollgate.Metering.Usage;
using Xunit;

namespace CustomStore.Tests;

/// <summary>What is this store's own, and so no part of the suite.</summary>
public sealed class JsonLinesFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("custom-store-").FullName;

    private string File => Path.Combine(_folder, "usage.jsonl");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_batch_cut_off_at_any_byte_is_not_there_and_the_next_one_is()
    {
        await using var store = new JsonLinesLedgerStore(File);
        await store.MigrateAsync();
        await store.AppendAsync([Record()]);
        var first = new FileInfo(File).Length;
        await store.AppendAsync([Record(), Record()]);
        var whole = await System.IO.File.ReadAllBytesAsync(File);
        for (var length = first; length < whole.Length; length++)
        {
            await System.IO.File.WriteAllBytesAsync(File, whole[..(int)length]);
            Assert.Equal(1, await store.AppendAsync([Record()]));
            Assert.Equal(2, (await store.SumAsync(new UsageSumQuery()))[0].Totals.Calls);
        }
    }

    [Fact]
    public async Task A_file_of_a_newer_version_is_left_alone()
    {
        await System.IO.File.WriteAllTextAsync(File, "{\"Version\":2}\n");
        await using var store = new JsonLinesLedgerStore(File);
        await Assert.ThrowsAsync<LedgerSchemaException>(() => store.MigrateAsync());
        Assert.Equal(new SchemaVersion(2, 1), await store.SchemaAsync());
    }

    [Fact]
    public async Task A_ledger_writes_to_it_by_its_address()
    {
        var options = new LedgerOptions { DataFolder = Path.Combine(_folder, "spool") }.WithUrl(
            "jsonl://" + File,
            JsonLinesStores.Factory
        );
        await using var ledger = await UsageLedger.OpenAsync(options);
        await new UsageTracker(ledger, BuiltInPrices.Book).TrackAsync(
            new UsageEntry
            {
                Model = "gpt-4o-mini",
                PromptTokens = 1000,
                CompletionTokens = 100,
            }
        );

        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while ((await ledger.Query.TotalsAsync(UsagePeriod.All)).Calls == 0)
            await Task.Delay(5, timeout.Token); // Records follow in batches.
        Assert.Equal(Money.Round(0.00021m), (await ledger.Query.TotalsAsync(UsagePeriod.All)).Cost);
    }

    [Fact]
    public async Task A_file_that_cannot_be_used_is_a_store_that_is_away()
    {
        Directory.CreateDirectory(File);
        await using var store = new JsonLinesLedgerStore(File);
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => store.AppendAsync([Record()]));
    }

    private static UsageRecord Record() =>
        new()
        {
            Id = new CallId(Guid.CreateVersion7(), 1),
            StartedAt = new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero),
            Provider = "openai",
            Model = "gpt-4o-mini",
            Operation = "chat",
            UsageSource = UsageSource.Reported,
            Outcome = CallOutcome.Completed,
        };
}
