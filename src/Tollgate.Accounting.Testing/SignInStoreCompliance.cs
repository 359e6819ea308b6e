using Tollgate.Accounting.SignIns;
using Tollgate.Accounting.Stores;
using Xunit;

namespace Tollgate.Accounting.Testing;

/// <summary>
/// The requirements for every store of sessions and of attempts to sign in. Derive from it in a test project, implement
/// how a store is opened, and run the tests. Each test has its own instance, and needs an empty database.
/// </summary>
public abstract partial class SignInStoreCompliance : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The store of the test.</summary>
    protected ISignInStore Store { get; private set; } = null!;

    /// <summary>Creates the test's empty database.</summary>
    protected abstract Task CreateDatabaseAsync();

    /// <summary>Opens a store on the test's database; called again to simulate another process.</summary>
    protected abstract ISignInStore Open();

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

    /// <summary>A session is read as it was written, also by another process.</summary>
    [Fact]
    public async Task Returns_every_field_of_a_session()
    {
        var session = CreateSession(0) with
        {
            Account = "zoë.müller+日本@example.org",
            CreatedAt = Start.AddTicks(12_345_670),
            Agent = "it's 100 % \\ \"fine\" 🙂",
        };
        await Store.CreateAsync(session);
        await Store.EndAsync(session.Id, "signed_out", Start.AddMinutes(5));

        var found = await Open().FindAsync(session.Id);

        Assert.Equal(session with { EndedAt = Start.AddMinutes(5), EndReason = "signed_out" }, found);
    }

    /// <summary>A session without address and agent is stored as such, and an unknown identity finds nothing.</summary>
    [Fact]
    public async Task Returns_a_session_without_optional_fields_and_nothing_for_an_unknown_identity()
    {
        var session = CreateSession(0) with { Kind = SignInKind.Api, Address = null, Agent = null };
        await Store.CreateAsync(session);

        Assert.Equal(session, await Store.FindAsync(session.Id));
        Assert.Null(await Store.FindAsync(CreateSession(1).Id));
    }

    /// <summary>Writing a session twice changes nothing: the call may be repeated.</summary>
    [Fact]
    public async Task Stores_an_identity_once()
    {
        await Store.CreateAsync(CreateSession(0));

        await Store.CreateAsync(CreateSession(0) with { Account = "mallory", SecretHash = Hash('b') });

        Assert.Equal(CreateSession(0), Assert.Single(await Store.ListAsync(new SignInSessionSelection())));
    }

    /// <summary>The newest session is first, and the selection limits their number.</summary>
    [Fact]
    public async Task Lists_the_newest_sessions_first_and_the_next_page_after_them()
    {
        foreach (var number in Enumerable.Range(0, 5))
            await Store.CreateAsync(CreateSession(number));

        var first = await Store.ListAsync(new SignInSessionSelection { Limit = 2 });
        var second = await Store.ListAsync(new SignInSessionSelection { Limit = 10, Before = first[^1].Id });

        Assert.Equal([CreateSession(4), CreateSession(3)], first);
        Assert.Equal([CreateSession(2), CreateSession(1), CreateSession(0)], second);
    }

    /// <summary>Each condition of a selection applies by itself.</summary>
    [Fact]
    public async Task Selects_sessions_by_account_and_by_being_live()
    {
        await Store.CreateAsync(CreateSession(0));
        await Store.CreateAsync(CreateSession(1) with { ExpiresAt = Start.AddHours(1) });
        await Store.CreateAsync(CreateSession(2) with { Account = "Alice" });
        await Store.CreateAsync(CreateSession(3));
        await Store.EndAsync(CreateSession(3).Id, "signed_out", Start);

        Assert.Equal("0,1,3", await FindAsync(new() { Account = "alice" }));
        Assert.Equal("2", await FindAsync(new() { Account = "Alice" }));
        Assert.Equal("", await FindAsync(new() { Account = "ali%" }));
        Assert.Equal("0,1,2", await FindAsync(new() { LiveAt = Start.AddHours(1).AddMicroseconds(-1) }));
        // The time of expiry is the first at which it is no longer live.
        Assert.Equal("0,2", await FindAsync(new() { LiveAt = Start.AddHours(1) }));
        Assert.Equal("0", await FindAsync(new() { Account = "alice", LiveAt = Start.AddHours(1) }));
        Assert.Equal("2,3", await FindAsync(new() { SeenAfter = Start.AddMinutes(1) }));
    }

    /// <summary>The time of the last use only increases, and an ended session is no longer used.</summary>
    [Fact]
    public async Task Records_the_last_use_of_a_session()
    {
        var session = CreateSession(0);
        await Store.CreateAsync(session);

        await Store.TouchAsync(session.Id, Start.AddMinutes(9));
        await Store.TouchAsync(session.Id, Start.AddMinutes(9));
        await Store.TouchAsync(session.Id, Start.AddMinutes(7));
        Assert.Equal(Start.AddMinutes(9), (await Store.FindAsync(session.Id))!.SeenAt);

        await Store.EndAsync(session.Id, "signed_out", Start.AddMinutes(10));
        await Store.TouchAsync(session.Id, Start.AddMinutes(11));
        Assert.Equal(Start.AddMinutes(9), (await Store.FindAsync(session.Id))!.SeenAt);
    }

    /// <summary>A secret is replaced only by a caller that has the current one.</summary>
    [Fact]
    public async Task Replaces_a_secret_only_if_the_expected_one_is_current()
    {
        var session = CreateSession(0);
        await Store.CreateAsync(session);

        Assert.True(await Store.ReplaceSecretAsync(session.Id, Hash('a'), Hash('b'), Start.AddMinutes(3)));
        Assert.False(await Store.ReplaceSecretAsync(session.Id, Hash('a'), Hash('c'), Start.AddMinutes(4)));
        Assert.False(await Store.ReplaceSecretAsync(CreateSession(1).Id, Hash('b'), Hash('c'), Start));

        var found = await Store.FindAsync(session.Id);
        Assert.Equal(session with { SecretHash = Hash('b'), SeenAt = Start.AddMinutes(3) }, found);
    }

    /// <summary>An ended or expired session keeps its secret.</summary>
    [Fact]
    public async Task Replaces_no_secret_of_a_session_that_is_not_live()
    {
        var (expired, ended) = (CreateSession(0), CreateSession(1));
        await Store.CreateAsync(expired);
        await Store.CreateAsync(ended);
        await Store.EndAsync(ended.Id, "signed_out", Start);

        Assert.False(await Store.ReplaceSecretAsync(expired.Id, Hash('a'), Hash('b'), expired.ExpiresAt));
        Assert.False(await Store.ReplaceSecretAsync(ended.Id, Hash('a'), Hash('b'), Start));
    }

    /// <summary>Of several processes with the same secret, one replaces it.</summary>
    [Fact]
    public async Task Lets_one_of_several_concurrent_callers_replace_a_secret()
    {
        var session = CreateSession(0);
        await Store.CreateAsync(session);

        var replaced = await Task.WhenAll(
            "bcde".Select(digit =>
                Task.Run(() => Open().ReplaceSecretAsync(session.Id, Hash('a'), Hash(digit), Start.AddMinutes(1)))
            )
        );

        Assert.Single(replaced, static done => done);
        var winner = "bcde"[Array.IndexOf(replaced, true)];
        Assert.Equal(Hash(winner), (await Store.FindAsync(session.Id))!.SecretHash);
    }

    private async Task<string> FindAsync(SignInSessionSelection selection) =>
        string.Join(
            ',',
            (await Store.ListAsync(selection))
                .Select(static session => (session.CreatedAt - Start).TotalMinutes)
                .Order()
        );

    private static string Hash(char digit) => new(digit, 64);

    private static SignInSession CreateSession(int number)
    {
        var time = Start.AddMinutes(number);
        // The same number has the same identity.
        var id = Guid.CreateVersion7(time).ToByteArray(bigEndian: true);
        id.AsSpan(8).Clear();
        id[8] = 0x80;
        id[6] = 0x70;
        id[7] = 0;
        return new SignInSession
        {
            Id = new Guid(id, bigEndian: true),
            Account = "alice",
            Kind = SignInKind.Browser,
            SecretHash = Hash('a'),
            Method = SignInMethod.Password,
            CreatedAt = time,
            SeenAt = time,
            ExpiresAt = Start.AddHours(8),
            Address = "2001:db8::7",
            Agent = "Mozilla/5.0",
        };
    }
}
