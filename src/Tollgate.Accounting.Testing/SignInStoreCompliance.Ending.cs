using Tollgate.Accounting.SignIns;
using Xunit;

namespace Tollgate.Accounting.Testing;

// Ending and removing sessions, and what the store refuses.
public abstract partial class SignInStoreCompliance
{
    /// <summary>The first end of a session counts.</summary>
    [Fact]
    public async Task Ends_a_session_once()
    {
        var session = CreateSession(0);
        await Store.CreateAsync(session);

        Assert.True(await Store.EndAsync(session.Id, "signed_out", Start.AddMinutes(1)));
        Assert.False(await Store.EndAsync(session.Id, "ended_by_admin", Start.AddMinutes(2)));
        Assert.False(await Store.EndAsync(CreateSession(1).Id, "signed_out", Start));

        var found = await Store.FindAsync(session.Id);
        Assert.Equal(session with { EndedAt = Start.AddMinutes(1), EndReason = "signed_out" }, found);
    }

    /// <summary>All sessions of an account end, except for one if desired, and no session of another account.</summary>
    [Fact]
    public async Task Ends_all_sessions_of_an_account_except_one()
    {
        foreach (var number in Enumerable.Range(0, 4))
            await Store.CreateAsync(CreateSession(number));
        await Store.CreateAsync(CreateSession(4) with { Account = "bob" });
        await Store.EndAsync(CreateSession(1).Id, "signed_out", Start);

        var ended = await Store.EndAllAsync("alice", CreateSession(2).Id, "password_changed", Start.AddMinutes(9));

        Assert.Equal([CreateSession(0).Id, CreateSession(3).Id], ended.Order());
        Assert.Equal("2,4", await FindAsync(new() { LiveAt = Start }));
        Assert.Equal("signed_out", (await Store.FindAsync(CreateSession(1).Id))!.EndReason);
        Assert.Equal([CreateSession(2).Id], await Store.EndAllAsync("alice", null, "role_changed", Start));
        Assert.Empty(await Store.EndAllAsync("alice", null, "role_changed", Start));
    }

    /// <summary>Sessions are removed by when they expired, whether or not they were ended before.</summary>
    [Fact]
    public async Task Removes_sessions_that_expired_before_a_time()
    {
        await Store.CreateAsync(CreateSession(0) with { ExpiresAt = Start.AddHours(1) });
        await Store.CreateAsync(CreateSession(1) with { ExpiresAt = Start.AddHours(2) });
        await Store.CreateAsync(CreateSession(2) with { ExpiresAt = Start.AddHours(3) });
        await Store.EndAsync(CreateSession(0).Id, "signed_out", Start);

        Assert.Equal(1, await Store.RemoveExpiredAsync(Start.AddHours(2)));
        Assert.Equal("1,2", await FindAsync(new()));
        Assert.Equal(0, await Store.RemoveExpiredAsync(Start.AddHours(2)));
    }

    /// <summary>A text that one of the databases could not hold is refused by all of them.</summary>
    [Fact]
    public async Task Refuses_texts_that_could_not_be_stored_unchanged()
    {
        SignInSession[] refused =
        [
            CreateSession(0) with
            {
                Account = "",
            },
            CreateSession(0) with
            {
                Account = new string('a', 257),
            },
            CreateSession(0) with
            {
                Agent = "a\0b",
            },
            CreateSession(0) with
            {
                Agent = "a\ud83d",
            },
            CreateSession(0) with
            {
                Address = "\n",
            },
            CreateSession(0) with
            {
                SecretHash = "secret",
            },
            CreateSession(0) with
            {
                EndReason = "signed_out",
            },
        ];

        foreach (var session in refused)
            await Assert.ThrowsAsync<ArgumentException>(() => Store.CreateAsync(session));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.EndAllAsync("a\0", null, "signed_out", Start));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.CountAttemptAsync("", Start, TimeSpan.FromHours(1)));

        Assert.Empty(await Store.ListAsync(new SignInSessionSelection()));
    }

    /// <summary>A canceled token stops an operation before it starts.</summary>
    [Fact]
    public async Task Honors_a_canceled_token()
    {
        var canceled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.CreateAsync(CreateSession(0), canceled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.FindAsync(CreateSession(0).Id, canceled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Store.CountAttemptAsync("account:alice", Start, TimeSpan.FromHours(1), canceled)
        );

        Assert.Null(await Store.FindAsync(CreateSession(0).Id));
        Assert.Null(await Store.FindAttemptsAsync("account:alice"));
    }
}
