using Microsoft.Extensions.Time.Testing;
using Tollgate.Accounting.SignIns;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Opening;
using Tollgate.Configuration.Settings;
using Tollgate.Hosting;
using Tollgate.Testing;

namespace Tollgate.Api.Tests.SignIn;

/// <summary>What signing in leaves behind does not grow without end.</summary>
public sealed class CleanUpTests
{
    [Fact]
    public async Task Removes_old_sessions_and_attempts_every_hour()
    {
        using var folder = new TemporaryFolder();
        var (now, store) = (DateTimeOffset.UtcNow, new LedgerOptions { DataFolder = folder.Path }.OpenSignIns());
        await store.MigrateAsync();
        var (old, current) = (CreateSession(now.AddDays(-40)), CreateSession(now.AddDays(-1)));
        await store.CreateAsync(old);
        await store.CreateAsync(current);
        await store.CountAttemptAsync("account:eve", now.AddDays(-3), TimeSpan.FromDays(1));
        var clock = new FakeTimeProvider(now);
        await using var host = await GatewayHost.StartAsync(
            new GatewaySettings { DataFolder = folder.Path, Urls = ["http://127.0.0.1:0"] },
            clock,
            default
        );
        (await store.FindAsync(old.Id)).ShouldNotBeNull();

        clock.Advance(TimeSpan.FromHours(1));

        await Eventually.BecomesTrueAsync(async () => await store.FindAsync(old.Id) is null);
        await Eventually.BecomesTrueAsync(async () => await store.FindAttemptsAsync("account:eve") is null);
        (await store.FindAsync(current.Id)).ShouldNotBeNull();
    }

    private static SignInSession CreateSession(DateTimeOffset at) =>
        new()
        {
            Id = Guid.CreateVersion7(at),
            Account = "eve",
            Kind = SignInKind.Browser,
            SecretHash = new string('0', 64),
            Method = SignInMethod.Password,
            CreatedAt = at,
            SeenAt = at,
            ExpiresAt = at.AddHours(8),
        };
}
