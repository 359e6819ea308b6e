using Tollgate.Accounting.AuditTrail;
using Tollgate.Accounting.Stores;
using Xunit;

namespace Tollgate.Accounting.Testing;

/// <summary>
/// The requirements for every audit trail store. Derive from it in a test project, implement how a store is opened,
/// and run the tests. Each test has its own instance, and needs an empty database.
/// </summary>
public abstract class AuditTrailStoreCompliance : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The store of the test.</summary>
    protected IAuditTrailStore Store { get; private set; } = null!;

    /// <summary>Creates the test's empty database.</summary>
    protected abstract Task CreateDatabaseAsync();

    /// <summary>Opens a store on the test's database; called again to simulate another process.</summary>
    protected abstract IAuditTrailStore Open();

    /// <summary>Closes everything opened, and removes the test's database.</summary>
    protected abstract Task DropDatabaseAsync();

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        await CreateDatabaseAsync();
        Store = Open();
        await Store.MigrateAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await DropDatabaseAsync();
    }

    /// <summary>An entry is read as it was written, also by another process.</summary>
    [Fact]
    public async Task Returns_every_field_of_an_entry()
    {
        var entry = CreateEntry(0) with
        {
            Time = Start.AddTicks(12_345_670),
            Actor = new Actor(ActorKind.Token, "ci \"Ä\" 日本"),
            Before = null,
            After = """{"name":"it's 100 % \\ fine"}""",
        };
        await Store.AppendAsync([entry]);

        var found = Assert.Single(await Open().ReadAsync(new AuditTrailSelection()));

        Assert.Equal(entry, found);
    }

    /// <summary>The newest entry is first, and the selection limits their number.</summary>
    [Fact]
    public async Task Returns_the_newest_entries_first_and_the_next_page_after_them()
    {
        await Store.AppendAsync([.. Enumerable.Range(0, 7).Select(CreateEntry)]);

        var first = await Store.ReadAsync(new AuditTrailSelection { Limit = 3 });
        var second = await Store.ReadAsync(new AuditTrailSelection { Limit = 10, Before = first[^1].Id });

        Assert.Equal(["6", "5", "4"], first.Select(static entry => entry.Target));
        Assert.Equal(["3", "2", "1", "0"], second.Select(static entry => entry.Target));
    }

    /// <summary>Each condition of a selection applies by itself.</summary>
    [Fact]
    public async Task Selects_by_time_actor_action_and_target()
    {
        var other = CreateEntry(3) with { Actor = new Actor(ActorKind.Account, "operator"), Action = "limit.set" };
        await Store.AppendAsync([CreateEntry(0), CreateEntry(1), CreateEntry(2), other]);

        Assert.Equal("1,2", await FindAsync(new() { From = Start.AddMinutes(1), To = Start.AddMinutes(3) }));
        Assert.Equal("3", await FindAsync(new() { Actor = other.Actor }));
        Assert.Equal("3", await FindAsync(new() { Action = "limit.set" }));
        Assert.Equal("2", await FindAsync(new() { Target = "2" }));
        Assert.Equal("", await FindAsync(new() { Target = "2", Action = "limit.set" }));
        // A name is matched exactly, not by case or a pattern.
        Assert.Equal("", await FindAsync(new() { Action = "LIMIT.SET" }));
        Assert.Equal("", await FindAsync(new() { Target = "%" }));
    }

    /// <summary>Writing an entry twice changes nothing, and does not lose the others.</summary>
    [Fact]
    public async Task Stores_an_identity_once()
    {
        await Store.AppendAsync([CreateEntry(0)]);

        await Store.AppendAsync([CreateEntry(0) with { Action = "key.revoke" }, CreateEntry(1)]);

        Assert.Equal(
            ["key.create", "key.create"],
            (await Store.ReadAsync(new AuditTrailSelection())).Select(static entry => entry.Action)
        );
    }

    /// <summary>Several processes may write at once.</summary>
    [Fact]
    public async Task Keeps_all_entries_of_concurrent_writers()
    {
        await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(writer =>
                    Task.Run(async () =>
                    {
                        var store = Open();
                        for (var index = 0; index < 10; index++)
                            await store.AppendAsync([CreateEntry((writer * 10) + index)]);
                    })
                )
        );

        Assert.Equal(40, (await Store.ReadAsync(new AuditTrailSelection())).Count);
    }

    /// <summary>A canceled token stops an operation before it starts.</summary>
    [Fact]
    public async Task Honors_a_canceled_token()
    {
        var canceled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.AppendAsync([CreateEntry(0)], canceled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Store.ReadAsync(new AuditTrailSelection(), canceled)
        );

        Assert.Empty(await Store.ReadAsync(new AuditTrailSelection()));
    }

    private async Task<string> FindAsync(AuditTrailSelection selection) =>
        string.Join(',', (await Store.ReadAsync(selection)).Select(static entry => entry.Target).Reverse());

    private static AuditTrailEntry CreateEntry(int number)
    {
        var time = Start.AddMinutes(number);
        // The same number has the same identity.
        var id = Guid.CreateVersion7(time).ToByteArray(bigEndian: true);
        id.AsSpan(8).Clear();
        id[8] = 0x80;
        id[6] = 0x70;
        id[7] = 0;
        return new AuditTrailEntry
        {
            Id = new Guid(id, bigEndian: true),
            Time = time,
            Actor = new Actor(ActorKind.Operator, "alice"),
            Action = "key.create",
            Target = $"{number}",
            Before = """{"name":"old"}""",
            After = null,
        };
    }
}
