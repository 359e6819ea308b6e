using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Transcripts;
using Tollgate.Accounting.Usage;
using Xunit;

namespace Tollgate.Accounting.Testing;

/// <summary>
/// The requirements for every transcript store. Derive from it in a test project, implement how a store is opened, and
/// run the tests. Each test has its own instance, and needs an empty database.
/// </summary>
public abstract class AuditStoreCompliance : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Guid Call = Guid.CreateVersion7(Noon);

    /// <summary>The store of the test.</summary>
    protected IAuditStore Store { get; private set; } = null!;

    /// <summary>Creates the test's empty database.</summary>
    protected abstract Task CreateDatabaseAsync();

    /// <summary>Opens a store on the test's database.</summary>
    protected abstract Task<IAuditStore> OpenAsync();

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
    public async Task Tells_its_schema()
    {
        var schema = await Store.MigrateAsync();
        Assert.True(schema is { IsCurrent: true, Current: > 0 });
        Assert.Equal(schema, await Store.SchemaAsync());
    }

    /// <summary>No field is lost, with and without texts.</summary>
    [Fact]
    public async Task An_entry_comes_back_as_it_was_given()
    {
        var full = Full();
        var bare = Bare(Noon.AddSeconds(-1));
        await Store.AppendAsync([full, bare], []);

        Assert.Equal([full, bare], await Store.EntriesAsync(new AuditSelection()));
        Assert.Equal(
            [full with { PromptText = null, AnswerText = null }, bare],
            await Store.EntriesAsync(new AuditSelection { WithTexts = false })
        );
    }

    /// <summary>No field is lost.</summary>
    [Fact]
    public async Task A_refusal_comes_back_as_it_was_given()
    {
        var full = new RefusalEntry
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
        var bare = new RefusalEntry
        {
            Id = Guid.CreateVersion7(Noon),
            Time = Noon.AddSeconds(-1),
            Code = "x",
        };
        await Store.AppendAsync([], [full, bare]);

        Assert.Equal([full, bare], await Store.RefusalsAsync(new AuditSelection()));
        Assert.Equal([full], await Store.RefusalsAsync(new AuditSelection { KeyId = "k1", User = "ann" }));
        Assert.Empty(await Store.EntriesAsync(new AuditSelection()));
    }

    /// <summary>A batch is repeated if it is unknown whether it was committed.</summary>
    [Fact]
    public async Task The_same_rows_twice_are_stored_once()
    {
        var refusal = new RefusalEntry
        {
            Id = Guid.CreateVersion7(Noon),
            Time = Noon,
            Code = "x",
        };
        await Store.AppendAsync([Full()], [refusal]);
        var entry = Assert.Single(await Store.EntriesAsync(new AuditSelection()));

        await Store.AppendAsync([entry with { PromptText = "another" }, Bare(Noon)], [refusal with { Count = 7 }]);

        Assert.Equal(2, (await Store.EntriesAsync(new AuditSelection())).Count);
        Assert.Contains(entry, await Store.EntriesAsync(new AuditSelection()));
        Assert.Equal([refusal], await Store.RefusalsAsync(new AuditSelection()));
    }

    /// <summary>Quotes, other scripts, control characters.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("'; DROP TABLE audit_entries; --")]
    [InlineData("\\' \\ \" ` % _")]
    [InlineData("中文 😀 \u0001\r\n\t")]
    public async Task Any_text_can_be_kept(string text)
    {
        var entry = Full() with { PromptText = text, AnswerText = text + text, User = text };
        await Store.AppendAsync([entry], []);

        Assert.Equal([entry], await Store.EntriesAsync(new AuditSelection { User = text }));
    }

    /// <summary>An unpaired surrogate or a NUL may be replaced, not rejected.</summary>
    [Fact]
    public async Task What_is_no_text_does_not_keep_the_others_from_being_written()
    {
        await Store.AppendAsync([Full() with { PromptText = "nul \0 and half \ud83d a pair" }, Bare(Noon)], []);

        Assert.Equal(2, (await Store.EntriesAsync(new AuditSelection())).Count);
    }

    /// <summary>Texts are unbounded here: the log truncates them before.</summary>
    [Fact]
    public async Task A_long_text_is_kept_whole()
    {
        var entry = Full() with { PromptText = new string('中', 1_000_000) };
        await Store.AppendAsync([entry], []);

        Assert.Equal([entry], await Store.EntriesAsync(new AuditSelection()));
    }

    /// <summary>By call, user, key and time.</summary>
    [Fact]
    public async Task Entries_are_found_by_what_they_have_the_newest_first()
    {
        AuditEntry[] entries =
        [
            .. Enumerable
                .Range(0, 5)
                .Select(second => Bare(Noon.AddSeconds(second)) with { User = second == 3 ? "bob" : "ann" }),
        ];
        await Store.AppendAsync(entries, []);
        var call = Full() with { Time = Noon.AddHours(1) };
        await Store.AppendAsync([call], []);

        Assert.Equal([call], await Store.EntriesAsync(new AuditSelection { Call = Call }));
        Assert.Equal([entries[3]], await Store.EntriesAsync(new AuditSelection { User = "bob" }));
        Assert.Equal([call, entries[4]], await Store.EntriesAsync(new AuditSelection { Limit = 2 }));
        Assert.Equal(
            [entries[2], entries[1]],
            await Store.EntriesAsync(
                new AuditSelection { Period = new UsagePeriod(Noon.AddSeconds(1), Noon.AddSeconds(3)) }
            )
        );
        Assert.Empty(await Store.EntriesAsync(new AuditSelection { KeyId = "K1" }));
    }

    /// <summary>By time, in as many transactions as necessary.</summary>
    [Fact]
    public async Task Purging_removes_what_is_before_a_moment_and_nothing_else()
    {
        await Store.AppendAsync(
            [.. Enumerable.Range(0, 1200).Select(_ => Bare(Noon.AddSeconds(-1))), Bare(Noon)],
            [
                .. new[] { Noon.AddSeconds(-1), Noon }.Select(time => new RefusalEntry
                {
                    Id = Guid.CreateVersion7(Noon),
                    Time = time,
                    Code = "x",
                }),
            ]
        );

        Assert.Equal(1201, await Store.PurgeAsync(Noon));

        Assert.Equal(Noon, Assert.Single(await Store.EntriesAsync(new AuditSelection())).Time);
        Assert.Equal(Noon, Assert.Single(await Store.RefusalsAsync(new AuditSelection())).Time);
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

        Assert.Equal(40, (await Store.EntriesAsync(new AuditSelection())).Count);
    }

    private static AuditEntry Full() =>
        new()
        {
            Id = Guid.CreateVersion7(Noon),
            Type = AuditEntryType.Answer,
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
            AnswerText = "that.",
            CompletionId = "chatcmpl-1",
            Message = "note",
            IsTruncated = true,
        };

    private static AuditEntry Bare(DateTimeOffset time) =>
        new()
        {
            Id = Guid.CreateVersion7(time),
            Type = AuditEntryType.Event,
            Time = time,
        };
}
