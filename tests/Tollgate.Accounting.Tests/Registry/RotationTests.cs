using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Tests.Ledger;

namespace Tollgate.Accounting.Tests.Registry;

public sealed class RotationTests : LedgerFixture
{
    [Fact]
    public async Task A_new_secret_takes_the_old_ones_place_and_keeps_the_id()
    {
        var keys = await VirtualKeys.OpenAsync(Options);
        var first = await keys.CreateAsync(
            new NewVirtualKey
            {
                Name = "n",
                User = "ada",
                Team = "t",
                Organization = "o",
            }
        );

        var second = (await keys.RotateAsync(first.Key.Prefix))!;

        second.Secret.ShouldNotBe(first.Secret);
        second.Key.ShouldBe(first.Key with { Prefix = second.Key.Prefix, RotatedAt = Time.GetUtcNow() });
        await using var watcher = await RegistryWatcher.StartAsync(Options);
        watcher.Snapshot.Keys.Find(first.Secret, Time.GetUtcNow(), out _).ShouldBe(VirtualKeyStatus.Unknown);
        watcher.Snapshot.Keys.Find(second.Secret, Time.GetUtcNow(), out _).ShouldBe(VirtualKeyStatus.Active);
        (await keys.ListAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Old_secrets_work_for_their_time_of_grace()
    {
        var keys = await VirtualKeys.OpenAsync(Options);
        var first = await keys.CreateAsync(new NewVirtualKey { Name = "n" });
        var second = (await keys.RotateAsync(first.Key.Id, TimeSpan.FromHours(24)))!;
        var third = (await keys.RotateAsync(first.Key.Id, TimeSpan.FromHours(1)))!;
        await using var watcher = await RegistryWatcher.StartAsync(Options);

        Standings(TimeSpan.Zero).ShouldBe((VirtualKeyStatus.Active, VirtualKeyStatus.Active, VirtualKeyStatus.Active));
        Standings(TimeSpan.FromHours(1))
            .ShouldBe((VirtualKeyStatus.Active, VirtualKeyStatus.Revoked, VirtualKeyStatus.Active));
        Standings(TimeSpan.FromHours(24))
            .ShouldBe((VirtualKeyStatus.Revoked, VirtualKeyStatus.Revoked, VirtualKeyStatus.Active));

        await keys.RevokeAsync(first.Key.Id);
        Time.Advance(RegistryWatcher.PollInterval);
        await watcher.CurrentPoll;
        Standings(TimeSpan.Zero)
            .ShouldBe((VirtualKeyStatus.Revoked, VirtualKeyStatus.Revoked, VirtualKeyStatus.Revoked));

        (VirtualKeyStatus First, VirtualKeyStatus Second, VirtualKeyStatus Third) Standings(TimeSpan later) =>
            (StandingOf(first, later), StandingOf(second, later), StandingOf(third, later));

        VirtualKeyStatus StandingOf(IssuedVirtualKey key, TimeSpan later) =>
            watcher.Snapshot.Keys.Find(key.Secret, Time.GetUtcNow() + later, out _);
    }

    [Fact]
    public async Task A_key_that_is_over_gets_no_new_secret()
    {
        var keys = await VirtualKeys.OpenAsync(Options);
        var revoked = await keys.CreateAsync(new NewVirtualKey { Name = "n" });
        await keys.RevokeAsync(revoked.Key.Id);

        (await Should.ThrowAsync<ArgumentException>(() => keys.RotateAsync(revoked.Key.Id))).Message.ShouldContain(
            "is revoked"
        );
        (await keys.RotateAsync("nobody's")).ShouldBeNull();
    }
}
