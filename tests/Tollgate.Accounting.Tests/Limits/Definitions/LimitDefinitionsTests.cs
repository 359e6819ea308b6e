using Microsoft.Extensions.Logging;
using Tollgate.Accounting.Limits.Admission;
using Tollgate.Accounting.Limits.Definitions;
using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Opening;
using Tollgate.Accounting.Tests.Logging;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Text;

namespace Tollgate.Accounting.Tests.Limits.Definitions;

public sealed class LimitDefinitionsTests : AdmissionFixture
{
    [Fact]
    public async Task A_limit_is_read_as_it_was_set()
    {
        var limits = await LimitDefinitions.OpenAsync(Options);
        var berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var day = Made("cost", "2 days", "12.345678901234", new WindowOptions(berlin, new DateTime(2026, 1, 3))) with
        {
            Mode = LimitMode.Soft,
            AlertThresholds = [50, 80],
            TemporaryIncrease = new TemporaryIncrease(LimitAmount.FromUsd(20), Time.GetUtcNow()),
            Scope = LimitScope.Create(
                LimitScopeText.ParseTerm("user", "*"),
                LimitScopeText.ParseTerm("model", "gpt-4o")
            ),
        };
        var bucket = Made("requests", "bucket minute", "60", new WindowOptions(Burst: 120));

        await SetAsync(limits, day, bucket, Made("tokens", "total", "none"), Made("concurrent_requests", "", "0"));

        var read = (await limits.ListAsync()).Limits.ToDictionary(limit => limit.Id);
        read.Count.ShouldBe(4);
        var same = read[day.Id];
        (same.Window, same.Amount, same.Mode, same.TemporaryIncrease, same.Scope, same.Owner).ShouldBe(
            (day.Window, day.Amount, day.Mode, day.TemporaryIncrease, day.Scope, null)
        );
        same.AlertThresholds.ShouldBe([50, 80]);
        (read[bucket.Id].Window, read[bucket.Id].Name).ShouldBe((bucket.Window, "requests_per_minute"));
        read["total_tokens"].Amount.ShouldBeNull();
        read["concurrent_requests"].Amount.ShouldBe(0);
    }

    [Fact]
    public async Task A_file_brings_changes_and_removes_its_limits_but_never_what_was_set_at_run_time()
    {
        await using var ledger = await OpenAsync();
        var limits = await LimitDefinitions.OpenAsync(Options, ledger.Limits);
        var (a, b, c) = (Made("requests", "day", "1"), Made("tokens", "day", "2"), Made("cost", "day", "3"));
        await limits.ImportAsync("tollgate.yaml", [a, b, c]);
        await SetAsync(limits, a with { Amount = 10 });

        var handover = await limits.ImportAsync("tollgate.yaml", [a, b with { Amount = 20 }]);

        handover.Conflicts.ShouldHaveSingleItem().Requested.Id.ShouldBe(a.Id);
        handover
            .Changes.Select(change => (change.Before?.Id, change.After?.Amount))
            .ShouldBe([(b.Id, (Int128)20), (c.Id, null)]);
        (await limits.ListAsync())
            .Limits.Select(limit => (limit.Id, limit.Amount, limit.Owner))
            .ShouldBe([(a.Id, (Int128)10, null), (b.Id, (Int128)20, "tollgate.yaml")]);
        var again = await limits.ImportAsync("tollgate.yaml", [b with { Amount = 20 }]);
        again.Changes.ShouldBeEmpty("what a file never brought, or was set at run time since, is not its to remove");
        again.Version.ShouldBe(handover.Version, "nothing changed, so no gate has to read anything");
    }

    [Fact]
    public async Task Of_two_files_that_disagree_the_first_one_holds_until_its_limit_goes()
    {
        var limits = await LimitDefinitions.OpenAsync(Options);
        var (budget, other) = (
            LimitText.Parse("daily_cost=10").ToLimit(LimitScope.Global),
            LimitText.Parse("daily_requests=5").ToLimit(LimitScope.Global)
        );
        await limits.ImportAsync("/a/tollgate.yaml", [budget, other]);

        var second = await limits.ImportAsync(
            "/b/tollgate.yaml",
            [budget with { Amount = LimitAmount.FromUsd(99) }, other]
        );
        var conflict = second.Conflicts.ShouldHaveSingleItem();
        (conflict.Requested.Amount, conflict.InForce.Amount, conflict.InForce.Owner).ShouldBe(
            (LimitAmount.FromUsd(99), LimitAmount.FromUsd(10), "/a/tollgate.yaml")
        );
        second.Changes.ShouldBeEmpty();
        (await limits.ImportAsync("/b/tollgate.yaml", [])).Changes.ShouldBeEmpty(
            "what is another file's is not removed"
        );

        await limits.ImportAsync("/a/tollgate.yaml", []);
        (
            await limits.ImportAsync("/b/tollgate.yaml", [budget with { Amount = LimitAmount.FromUsd(99) }])
        ).Conflicts.ShouldBeEmpty();
        (await limits.ListAsync()).Limits.ShouldHaveSingleItem().Amount.ShouldBe(LimitAmount.FromUsd(99));
    }

    [Fact]
    public async Task A_limit_moves_between_the_sources_of_one_configuration()
    {
        var limits = await LimitDefinitions.OpenAsync(Options);
        var budget = LimitText.Parse("daily_cost=10").ToLimit(LimitScope.Global);
        string[] owners = ["environment", "/a/tollgate.yaml"];
        await limits.ImportAsync("/a/tollgate.yaml", [budget], owners);

        await limits.ImportAsync("environment", [budget with { Amount = LimitAmount.FromUsd(20) }], owners);
        await limits.ImportAsync("/a/tollgate.yaml", [], owners);

        var held = (await limits.ListAsync()).Limits.ShouldHaveSingleItem();
        (held.Owner, held.Amount).ShouldBe(("environment", LimitAmount.FromUsd(20)));
    }

    [Fact]
    public async Task A_deleted_limit_has_no_count_when_it_comes_again()
    {
        await using var ledger = await OpenAsync();
        var limits = await LimitDefinitions.OpenAsync(Options, ledger.Limits);
        var limit = Made("requests", "day", "5");
        await SetAsync(limits, limit);
        await using (var admission = new AdmissionController(ledger.Limits, ledger.InstanceId, Time))
        {
            admission.Use([limit]);
            var answer = await admission.ReserveAsync(Ann, Bound(0.1m));
            await ledger.AppendAsync(Record() with { Usage = Bound(0.1m).Usage }, answer.Reservation);
        }

        (await UsedAsync(ledger, limit)).ShouldBe(1);
        (await limits.DeleteAsync(limit.Id)).ShouldBeTrue();
        (await limits.DeleteAsync(limit.Id)).ShouldBeFalse();
        (await UsedAsync(ledger, limit)).ShouldBe(0);
    }

    [Fact]
    public async Task Two_who_set_different_limits_at_once_both_succeed()
    {
        var (one, other) = (await LimitDefinitions.OpenAsync(Options), await LimitDefinitions.OpenAsync(Options));

        await Task.WhenAll(
            Enumerable
                .Range(1, 20)
                .Select(index =>
                    Task.Run(() =>
                        SetAsync(
                            index % 2 == 0 ? one : other,
                            Made("requests", $"{index} minutes", "5"),
                            Made("requests", "day", $"{index}")
                        )
                    )
                )
        );

        (await one.ListAsync()).Limits.Count.ShouldBe(21);
    }

    [Fact]
    public async Task A_change_holds_within_a_second_and_an_entry_that_cannot_be_read_disables_no_other()
    {
        var limits = await LimitDefinitions.OpenAsync(Options);
        await SetAsync(limits, Made("requests", "day", "1"), Made("tokens", "day", "7"));
        await using var ledger = await OpenAsync();
        await using var directory = await RegistryWatcher.StartAsync(Options);
        await using var admission = new AdmissionController(ledger.Limits, ledger.InstanceId, Time);
        var log = new RecordedLog();
        using var follower = new LimitSynchronizer(directory, admission, log.CreateLogger<LimitSynchronizer>());
        admission.Limits.Select(limit => limit.Amount).ShouldBe([1, 7]);

        await Options
            .OpenRegistry()
            .ApplyAsync([
                RegistryChange.Put(
                    "limit",
                    "requests_per_day",
                    """{"metric":"requests","window":"century","amount":"2"}"""
                ),
                RegistryChange.Put("limit", "x", "5"),
            ]);
        await SetAsync(limits, Made("tokens", "day", "8"));
        Time.Advance(TimeSpan.FromSeconds(1));
        await directory.CurrentPoll;

        admission
            .Limits.Select(limit => (limit.Id, limit.Amount))
            .ShouldBe([("requests_per_day", (Int128)1), ("tokens_per_day", (Int128)8)]);
        follower.Problems.Count.ShouldBe(2);
        follower
            .Problems[0]
            .ShouldContain(
                "The limit 'requests_per_day' in the registry cannot be read: 'century' is not a valid window"
            );
        follower.Problems[0].ShouldContain("last readable version stays in force");
        follower.Problems[1].ShouldContain("'x'");
        log.Lines.Select(static line => line.Text).ShouldBe(follower.Problems);
        directory.LastFailure.ShouldBeNull();
    }

    [Fact]
    public async Task Configured_limits_hold_until_the_registry_has_them_but_not_over_runtime_limits()
    {
        var limits = await LimitDefinitions.OpenAsync(Options);
        await SetAsync(limits, Made("requests", "day", "1"));
        await using var ledger = await OpenAsync();
        await using var directory = await RegistryWatcher.StartAsync(Options);
        await using var admission = new AdmissionController(ledger.Limits, ledger.InstanceId, Time);
        using var follower = new LimitSynchronizer(directory, admission);

        follower.SetProvisional(
            [Made("requests", "day", "9"), Made("tokens", "day", "9")],
            directory.Snapshot.Version + 1
        );
        admission
            .Limits.Select(limit => (limit.Id, limit.Amount))
            .ShouldBe([("requests_per_day", (Int128)1), ("tokens_per_day", (Int128)9)]);

        await SetAsync(limits, Made("cost", "day", "2"));
        Time.Advance(TimeSpan.FromSeconds(1));
        await directory.CurrentPoll;
        admission.Limits.Select(limit => limit.Id).ShouldBe(["cost_per_day", "requests_per_day"]);
    }

    private static Task SetAsync(LimitDefinitions definitions, params Limit[] limits) =>
        definitions.SetAsync(limits.ToDictionary(limit => limit.Id, limit => (Func<Limit?, Limit>)(_ => limit)));

    private static Limit Made(string metric, string window, string amount, WindowOptions traits = default)
    {
        var kind = LimitName.FindMetric(metric)!.Value;
        var read = LimitName.GetInstantWindow(kind) ?? WindowText.Parse(window, traits);
        return new Limit
        {
            Id = LimitName.FormatId(kind, read, LimitScope.Global),
            Name = LimitName.Format(kind, read),
            Metric = kind,
            Window = read,
            Amount = LimitText.ParseAmount(kind, amount),
        };
    }
}
