using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Tests.Ledger;
using Tollgate.Accounting.Tracking;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Tests.Tracking;

public sealed class RegistryRulesTests : LedgerFixture
{
    private static readonly UsageEntry Entry = new() { Model = "gpt-4o-mini", PromptTokens = 10 };

    [Fact]
    public async Task Usage_refused_by_the_rules_is_not_tracked_but_can_be_booked()
    {
        await (await Users.OpenAsync(Options)).AddAsync(new User { Name = "ada", Enabled = false });
        await using var ledger = await OpenAsync();
        await using var directory = await RegistryWatcher.StartAsync(Options);
        var tracker = new UsageTracker(ledger, time: Time, rules: new RegistryRules(directory));

        var refused = await Should.ThrowAsync<UsageRejectedException>(() =>
            tracker.TrackAsync(Entry with { Username = "ada" })
        );

        (refused.Field, refused.Refusal.Code).ShouldBe((nameof(UsageEntry.Username), "user_disabled"));
        refused.Message.ShouldBe("Username: The user 'ada' is deactivated.");
        (await ledger.Query.TailAsync(9)).ShouldBeEmpty();
        await tracker.BookAsync(Entry with { Username = "ada" });
        await tracker.TrackAsync(Entry with { Username = "Ada" });
        await tracker.TrackAsync(Entry);
        (await ledger.Query.TailAsync(9)).Count.ShouldBe(3);
    }

    [Theory]
    [InlineData(RegistryRequirements.Users, "user", nameof(UsageEntry.Username))]
    [InlineData(RegistryRequirements.Projects, "project", nameof(UsageEntry.Project))]
    [InlineData(RegistryRequirements.Applications, "application", nameof(UsageEntry.CallerName))]
    [InlineData(RegistryRequirements.Sessions, "session", nameof(UsageEntry.Session))]
    public async Task Required_attribution_must_be_named_and_registered(
        RegistryRequirements require,
        string kind,
        string field
    )
    {
        await using var ledger = await OpenAsync();
        await using var directory = await RegistryWatcher.StartAsync(Options);
        var tracker = new UsageTracker(ledger, time: Time, rules: new RegistryRules(directory, require));

        var missing = await Should.ThrowAsync<UsageRejectedException>(() => tracker.TrackAsync(Entry));
        (missing.Field, missing.Refusal.Code).ShouldBe((field, $"missing_{kind}"));
        var unknown = tracker.Check(Entry with { Username = "x", Project = "x", CallerName = "x", Session = "x" });
        unknown.ShouldBe(new RegistryRefusal(RegistryRefusalReason.Unknown, kind, "x"));
        unknown!.Code.ShouldBe($"unknown_{kind}");
    }

    [Fact]
    public async Task Rules_that_cannot_be_known_refuse_without_a_reason_of_their_own()
    {
        await using var ledger = await OpenAsync();
        var directory = await RegistryWatcher.StartAsync(Options);
        await directory.DisposeAsync(); // It looks no more.
        var tracker = new UsageTracker(ledger, time: Time, rules: new RegistryRules(directory));
        await tracker.TrackAsync(Entry);

        Time.Advance(RegistryWatcher.MaxAge + TimeSpan.FromSeconds(1));

        await Should.ThrowAsync<RegistryUnavailableException>(() => tracker.TrackAsync(Entry));
    }

    [Fact]
    public async Task Letting_pass_allocates_nothing()
    {
        await (await Users.OpenAsync(Options)).AddAsync(new User { Name = "ada" });
        await using var directory = await RegistryWatcher.StartAsync(Options);
        var rules = new RegistryRules(directory, RegistryRequirements.Users);
        var whom = new Attribution
        {
            User = "ada",
            Project = "apollo",
            Session = "s",
        };
        for (var i = 0; i < 100; i++)
            rules.Check(whom);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            rules.Check(whom);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }
}
