using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Transcripts;
using Tollgate.Accounting.Usage;
using Xunit;

namespace Tollgate.Accounting.Testing;

/// <summary>
/// The requirements for every transcript store. Derive from it in a test project, implement how a store is opened, and
/// run the tests. Each test has its own instance, and needs an empty database.
/// </summary>
public abstract class TranscriptStoreCompliance : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Guid Call = Guid.CreateVersion7(Noon);

    /// <summary>The store of the test.</summary>
    protected ITranscriptStore Store { get; private set; } = null!;

    /// <summary>Creates the test's empty database.</summary>
    protected abstract Task CreateDatabaseAsync();

    /// <summary>Opens a store on the test's database.</summary>
    protected abstract Task<ITranscriptStore> OpenAsync();

    /// <summary>Removes the test's database.</summary>
    protected abstract Task DropDatabaseAsync();

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        await CreateDatabaseAsync();
        Store = await OpenAsync();
        await Store.MigrateAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (Store is not null)
            await Store.DisposeAsync();
        await DropDatabaseAsync();
    }

    /// <summary>The schema is reported, and is current after creation.</summary>
    [Fact]
    public async Task Reports_its_schema_version()
    {
        var schema = await Store.MigrateAsync();
        Assert.True(schema is { IsCurrent: true, Current: > 0 });
        Assert.Equal(schema, await Store.SchemaAsync());
    }

    /// <summary>No field is lost, with and without texts.</summary>
    [Fact]
    public async Task Returns_an_entry_as_it_was_stored()
    {
        var full = Full();
        var bare = Bare(Noon.AddSeconds(-1));
        await Store.AppendAsync([full, bare], []);

        Assert.Equal([full, bare], await Store.EntriesAsync(new TranscriptSelection()));
        Assert.Equal(
            [full with { PromptText = null, ResponseText = null }, bare],
            await Store.EntriesAsync(new TranscriptSelection { WithTexts = false })
        );
    }

    /// <summary>No field is lost.</summary>
    [Fact]
    public async Task Returns_a_denial_as_it_was_stored()
    {
        var full = new DenialEntry
        {
            Id = Guid.CreateVersion7(Noon),
            Time = Noon,
            RequestId = Call.ToString(),
            KeyId = "k1",
            User = "ann",
            Project = "apollo",
            Application = "app",
            Model = "gpt-4o",
            Status = 429,
            Code = "rate_limit_exceeded",
            Limit = "daily_tokens",
            Message = "Rate limit exceeded: it's over",
            Count = 5_000_000_000,
        };
        var bare = new DenialEntry
        {
            Id = Guid.CreateVersion7(Noon),
            Time = Noon.AddSeconds(-1),
            Code = "x",
        };
        await Store.AppendAsync([], [full, bare]);

        Assert.Equal([full, bare], await Store.DenialsAsync(new TranscriptSelection()));
        Assert.Equal([full], await Store.DenialsAsync(new TranscriptSelection { KeyId = "k1", User = "ann" }));
        Assert.Empty(await Store.EntriesAsync(new TranscriptSelection()));
    }

    /// <summary>A batch is repeated if it is unknown whether it was committed.</summary>
    [Fact]
    public async Task The_same_rows_twice_are_stored_once()
    {
        var refusal = new DenialEntry
        {
            Id = Guid.CreateVersion7(Noon),
            Time = Noon,
            Code = "x",
        };
        await Store.AppendAsync([Full()], [refusal]);
        var entry = Assert.Single(await Store.EntriesAsync(new TranscriptSelection()));

        await Store.AppendAsync([entry with { PromptText = "another" }, Bare(Noon)], [refusal with { Count = 7 }]);

        Assert.Equal(2, (await Store.EntriesAsync(new TranscriptSelection())).Count);
        Assert.Contains(entry, await Store.EntriesAsync(new TranscriptSelection()));
        Assert.Equal([refusal], await Store.DenialsAsync(new TranscriptSelection()));
    }

    /// <summary>Quotes, other scripts, control characters.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("'; DROP TABLE transcript_entries; --")]
    [InlineData("\\' \\ \" ` % _")]
    [InlineData("中文 😀 \u0001\r\n\t")]
    public async Task Any_text_can_be_kept(string text)
    {
        var entry = Full() with { PromptText = text, ResponseText = text + text, User = text };
        await Store.AppendAsync([entry], []);

        Assert.Equal([entry], await Store.EntriesAsync(new TranscriptSelection { User = text }));
    }

    /// <summary>An unpaired surrogate or a NUL may be replaced, not rejected.</summary>
    [Fact]
    public async Task Writes_valid_entries_next_to_invalid_text()
    {
        await Store.AppendAsync([Full() with { PromptText = "nul \0 and half \ud83d a pair" }, Bare(Noon)], []);

        Assert.Equal(2, (await Store.EntriesAsync(new TranscriptSelection())).Count);
    }

    /// <summary>Texts are unbounded here: the log truncates them before.</summary>
    [Fact]
    public async Task A_long_text_is_kept_whole()
    {
        var entry = Full() with { PromptText = new string('中', 1_000_000) };
        await Store.AppendAsync([entry], []);

        Assert.Equal([entry], await Store.EntriesAsync(new TranscriptSelection()));
    }

    /// <summary>By call, user, key and time.</summary>
    [Fact]
    public async Task Entries_are_found_by_what_they_have_the_newest_first()
    {
        TranscriptEntry[] entries =
        [
            .. Enumerable
                .Range(0, 5)
                .Select(second => Bare(Noon.AddSeconds(second)) with { User = second == 3 ? "bob" : "ann" }),
        ];
        await Store.AppendAsync(entries, []);
        var call = Full() with { Time = Noon.AddHours(1) };
        await Store.AppendAsync([call], []);

        Assert.Equal([call], await Store.EntriesAsync(new TranscriptSelection { Call = Call }));
        Assert.Equal([entries[3]], await Store.EntriesAsync(new TranscriptSelection { User = "bob" }));
        Assert.Equal([call, entries[4]], await Store.EntriesAsync(new TranscriptSelection { Limit = 2 }));
        Assert.Equal(
            [entries[2], entries[1]],
            await Store.EntriesAsync(
                new TranscriptSelection { Period = new UsagePeriod(Noon.AddSeconds(1), Noon.AddSeconds(3)) }
            )
        );
        Assert.Empty(await Store.EntriesAsync(new TranscriptSelection { KeyId = "K1" }));
    }

    /// <summary>By time, in as many transactions as necessary.</summary>
    [Fact]
    public async Task Purges_only_entries_before_the_given_time()
    {
        await Store.AppendAsync(
            [.. Enumerable.Range(0, 1200).Select(_ => Bare(Noon.AddSeconds(-1))), Bare(Noon)],
            [
                .. new[] { Noon.AddSeconds(-1), Noon }.Select(time => new DenialEntry
                {
                    Id = Guid.CreateVersion7(Noon),
                    Time = time,
                    Code = "x",
                }),
            ]
        );

        Assert.Equal(1201, await Store.PurgeAsync(Noon));

        Assert.Equal(Noon, Assert.Single(await Store.EntriesAsync(new TranscriptSelection())).Time);
        Assert.Equal(Noon, Assert.Single(await Store.DenialsAsync(new TranscriptSelection())).Time);
        Assert.Equal(0, await Store.PurgeAsync(Noon));
    }

    /// <summary>Processes share a database.</summary>
    [Fact]
    public async Task Several_open_it_and_write_at_once()
    {
        await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(async _ =>
                {
                    await using var store = await OpenAsync();
                    await store.MigrateAsync();
                    for (var batch = 0; batch < 5; batch++)
                        await store.AppendAsync([Bare(Noon), Bare(Noon)], []);
                })
        );

        Assert.Equal(40, (await Store.EntriesAsync(new TranscriptSelection())).Count);
    }

    private static TranscriptEntry Full() =>
        new()
        {
            Id = Guid.CreateVersion7(Noon),
            Type = TranscriptEntryType.Response,
            Time = Noon,
            Call = Call,
            Attempt = 2,
            Provider = "openai",
            Model = "gpt-4o",
            KeyId = "k1",
            User = "ann",
            Project = "apollo",
            Session = "s1",
            Application = "app",
            PromptText = "what?",
            ResponseText = "that.",
            CompletionId = "chatcmpl-1",
            Message = "note",
            IsTruncated = true,
        };

    private static TranscriptEntry Bare(DateTimeOffset time) =>
        new()
        {
            Id = Guid.CreateVersion7(time),
            Type = TranscriptEntryType.Event,
            Time = time,
        };
}
