using Microsoft.Extensions.Logging;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Tests.Logging;
using Tollgate.Accounting.Transcripts;
using Tollgate.Accounting.Transcripts.Writing;
using Tollgate.Testing;

namespace Tollgate.Accounting.Tests.Transcripts;

/// <summary>The log over a real file; it is away where a folder stands in its place.</summary>
public sealed class TranscriptLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _time = new();

    private TranscriptOptions Options =>
        new()
        {
            DataFolder = _folder.Path,
            TimeProvider = _time,
            Capture = TranscriptCapture.All,
        };

    private string FilePath => _folder.File(TranscriptOptions.FileName);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Added_entries_are_written_by_the_end()
    {
        await using (var log = await TranscriptLog.OpenAsync(Options))
        {
            for (var i = 0; i < 1000; i++)
                await log.AppendAsync(Entry($"text {i}"));
        }

        (await EntriesAsync()).Count.ShouldBe(1000);
    }

    [Fact]
    public async Task More_than_the_queue_holds_waits_and_is_not_lost()
    {
        await using (var log = await TranscriptLog.OpenAsync(Options with { MaxQueueBytes = 10_000 }))
        {
            await Task.WhenAll(
                Enumerable.Range(0, 200).Select(async i => await log.AppendAsync(Entry(new string('x', 2000))))
            );
            log.Health.Dropped.ShouldBe(0);
        }

        (await EntriesAsync()).Count.ShouldBe(200);
    }

    [Fact]
    public async Task A_long_text_is_truncated_and_marked()
    {
        await using (var log = await TranscriptLog.OpenAsync(Options with { MaxTextBytes = 10 }))
            await log.AppendAsync(Entry("中中中中"));

        (await EntriesAsync())
            .ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(
                entry => entry.PromptText.ShouldBe("中中中"),
                entry => entry.IsTruncated.ShouldBeTrue()
            );
    }

    [Fact]
    public async Task Entries_and_refusals_end_with_their_time()
    {
        await using var log = await TranscriptLog.OpenAsync(Options with { Retention = TimeSpan.FromDays(30) });
        await log.WriteAsync(Entry("old"));
        log.Denials.Add(Refusal());
        _time.Advance(TimeSpan.FromDays(29));
        await log.WriteAsync(Entry("young"));
        await Eventually.BecomesTrueAsync(() => log.Health.Written == 3);

        _time.Advance(TimeSpan.FromDays(1.5));

        await Eventually.BecomesTrueAsync(async () => (await EntriesAsync()).Count == 1);
        (await EntriesAsync()).ShouldHaveSingleItem().PromptText.ShouldBe("young");
        await Eventually.BecomesTrueAsync(async () =>
            (await log.Store.DenialsAsync(new TranscriptSelection())).Count == 0
        );
    }

    [Fact]
    public async Task While_the_database_is_away_texts_wait_and_what_has_no_room_is_counted()
    {
        System.IO.Directory.CreateDirectory(FilePath);
        using var lines = new RecordedLog();
        await using (
            var log = await TranscriptLog.OpenAsync(Options with { MaxQueueBytes = 10_000, LoggerFactory = lines })
        )
        {
            log.IsAvailable.ShouldBeFalse();
            for (var i = 0; i < 10; i++)
                await log.AppendAsync(Entry(new string('x', 1000)));
            log.Health.ShouldSatisfyAllConditions(
                health => health.QueueLength.ShouldBe(3),
                health => health.Dropped.ShouldBe(7),
                health => health.QueueBytes.ShouldBeLessThanOrEqualTo(10_000),
                health => health.LastFailureAt.ShouldNotBeNull()
            );

            System.IO.Directory.Delete(FilePath);
            await Eventually.BecomesTrueAsync(() =>
            {
                _time.Advance(TimeSpan.FromSeconds(10));
                return log.IsAvailable;
            });
        }

        (await EntriesAsync()).Count.ShouldBe(3);
        lines.Levels.ShouldBe([LogLevel.Warning, LogLevel.Information]);
    }

    [Fact]
    public async Task Where_calls_are_refused_those_under_way_are_kept_whatever_their_size()
    {
        System.IO.Directory.CreateDirectory(FilePath);
        await using (
            var log = await TranscriptLog.OpenAsync(
                Options with
                {
                    MaxQueueBytes = 10_000,
                    WhenUnavailable = TranscriptOutagePolicy.Refuse,
                }
            )
        )
        {
            (await log.WriteAsync(Entry("refused"))).ShouldBeFalse();
            for (var i = 0; i < 10; i++)
                await log.AppendAsync(Entry(new string('x', 1000)));
            log.Health.Dropped.ShouldBe(0);
            System.IO.Directory.Delete(FilePath);
        }

        (await EntriesAsync()).Count.ShouldBe(10);
    }

    [Fact]
    public async Task A_database_that_goes_away_is_noticed_and_reported()
    {
        await using var log = await TranscriptLog.OpenAsync(Options);
        (await log.WriteAsync(Entry("first"))).ShouldBeTrue();
        File.Delete(FilePath);
        System.IO.Directory.CreateDirectory(FilePath);

        (await log.WriteAsync(Entry("second"))).ShouldBeFalse();

        log.Health.ShouldSatisfyAllConditions(
            health => health.IsAvailable.ShouldBeFalse(),
            health => health.QueueLength.ShouldBe(0)
        );
    }

    [Fact]
    public async Task Entries_unwritten_at_the_end_are_counted()
    {
        System.IO.Directory.CreateDirectory(FilePath);
        var log = await TranscriptLog.OpenAsync(Options);
        await log.AppendAsync(Entry("lost"));

        await log.DisposeAsync();

        log.Health.ShouldSatisfyAllConditions(
            health => health.Dropped.ShouldBe(1),
            health => health.QueueLength.ShouldBe(0)
        );
    }

    [Fact]
    public async Task Another_kind_of_database_is_refused_at_the_start()
    {
        await (await UsageLedger.OpenAsync(new LedgerOptions { DataFolder = _folder.Path })).DisposeAsync();

        await Should.ThrowAsync<LedgerSchemaException>(() =>
            TranscriptLog.OpenAsync(Options with { DatabaseFile = LedgerOptions.FileName })
        );
    }

    [Theory]
    [InlineData("oracle://host/x", "Transcripts cannot be stored at 'oracle://'. Supported: sqlite://.")]
    [InlineData("sqlite://relative.db", "absolute path")]
    public void An_address_that_cannot_be_is_refused(string url, string says) =>
        Should.Throw<FormatException>(() => Options.WithUrl(url)).Message.ShouldContain(says);

    private TranscriptEntry Entry(string text) =>
        new()
        {
            Id = Guid.CreateVersion7(_time.GetUtcNow()),
            Type = TranscriptEntryType.Prompt,
            Time = _time.GetUtcNow(),
            PromptText = text,
        };

    private DenialEntry Refusal() => new() { Time = _time.GetUtcNow(), Code = "x" };

    private async Task<IReadOnlyList<TranscriptEntry>> EntriesAsync() =>
        await Options.OpenStore().EntriesAsync(new TranscriptSelection { Limit = 10_000 });
}
