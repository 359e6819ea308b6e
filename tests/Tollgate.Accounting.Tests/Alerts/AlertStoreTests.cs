using Tollgate.Accounting.Alerts;
using Tollgate.Accounting.Alerts.Stores;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Tests.Ledger;

namespace Tollgate.Accounting.Tests.Alerts;

public sealed class AlertStoreTests : LedgerFixture
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly Guid Me = Guid.CreateVersion7();
    private static readonly Guid Other = Guid.CreateVersion7();

    [Fact]
    public async Task An_alert_is_kept_once_by_its_key_and_routed_once_by_many()
    {
        await using var ledger = await OpenAsync();
        (await ledger.Alerts.AddAsync(Alert("a"))).ShouldBeTrue();
        (await ledger.Alerts.AddAsync(Alert("a"))).ShouldBeFalse();

        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => ledger.Alerts.RouteAsync(static _ => [new("webhook:a"), new("email", "x@y.z"), new("webhook:a")]))));

        made.Sum().ShouldBe(2);
        (await ledger.Alerts.ListAsync(10)).ShouldHaveSingleItem().Deliveries.Select(delivery => delivery.Route.ToString()).ShouldBe(["email:x@y.z", "webhook:a"]);
    }

    [Fact]
    public async Task A_message_is_nobody_elses_while_its_lease_lasts_and_then_keeps_its_identity()
    {
        await using var ledger = await WithMessageAsync();
        var store = ledger.Alerts;

        (await store.ClaimAsync(Me, ["slack:x"], Lease, 10)).ShouldBeEmpty();
        var mine = (await store.ClaimAsync(Me, ["webhook:a"], Lease, 10)).ShouldHaveSingleItem();
        (await store.ClaimAsync(Other, ["webhook:a"], Lease, 10)).ShouldBeEmpty();
        Time.Advance(Lease);
        var theirs = (await store.ClaimAsync(Other, ["webhook:a"], Lease, 10)).ShouldHaveSingleItem();

        theirs.Id.ShouldBe(mine.Id);
        // The first sender comes back late: its failure must not end the second one's lease.
        await store.FailedAsync(mine.Id, Me, "late", null);
        (await store.ListAsync(1))[0].Deliveries[0].State.ShouldBe(DeliveryState.Due);
        await store.SentAsync(mine.Id);
        await store.FailedAsync(mine.Id, Other, "later still", null);
        (await store.ListAsync(1))[0].Deliveries[0].State.ShouldBe(DeliveryState.Sent);
    }

    [Fact]
    public async Task What_failed_waits_and_what_is_given_up_can_be_made_due_again()
    {
        await using var ledger = await WithMessageAsync();
        var store = ledger.Alerts;
        var message = (await store.ClaimAsync(Me, ["webhook:a"], Lease, 10)).ShouldHaveSingleItem();

        await store.FailedAsync(message.Id, Me, "refused", TimeSpan.FromMinutes(1));
        (await store.ClaimAsync(Me, ["webhook:a"], Lease, 10)).ShouldBeEmpty();
        (await store.CountAsync()).ShouldBe(new AlertCounts(1, 1, 0, Time.GetUtcNow(), "refused"));
        Time.Advance(TimeSpan.FromMinutes(1));
        (await store.ClaimAsync(Me, ["webhook:a"], Lease, 10)).ShouldHaveSingleItem().Attempts.ShouldBe(1);
        await store.FailedAsync(message.Id, Me, "still refused", null);
        (await store.CountAsync()).GivenUp.ShouldBe(1);

        (await store.RetryAsync(message.Alert.Id)).ShouldBe(1);
        (await store.ClaimAsync(Me, ["webhook:a"], Lease, 10)).ShouldHaveSingleItem().Id.ShouldBe(message.Id);
    }

    [Fact]
    public async Task An_alert_of_yesterday_is_not_sent_any_more_but_listed()
    {
        await using var ledger = await OpenAsync();
        await ledger.Alerts.AddAsync(Alert("a"));
        Time.Advance(TimeSpan.FromDays(1));

        (await ledger.Alerts.RouteAsync(static _ => [new("webhook:a")])).ShouldBe(0);

        (await ledger.Alerts.ListAsync(10)).ShouldHaveSingleItem().Deliveries.ShouldBeEmpty();
        (await ledger.Alerts.PurgeAsync(Time.GetUtcNow())).ShouldBe(1);
        (await ledger.Alerts.ListAsync(10)).ShouldBeEmpty();
    }

    [Fact]
    public void Waits_grow_to_an_hour_and_end_after_a_day()
    {
        var age = TimeSpan.Zero;
        var waits = new List<TimeSpan>();
        while (DeliveryRetry.After(Me, waits.Count + 1, age) is { } wait)
        {
            waits.Add(wait);
            age += wait;
        }

        waits[0].ShouldBeInRange(TimeSpan.FromSeconds(2.5), TimeSpan.FromSeconds(5));
        waits.Max().ShouldBeLessThanOrEqualTo(TimeSpan.FromHours(1));
        waits.Count.ShouldBeInRange(24, 70);
        age.ShouldBe(TimeSpan.FromDays(1));
    }

    [Fact]
    public async Task A_model_without_a_price_is_noticed_once_a_day_and_no_flood_of_names_makes_a_flood_of_alerts()
    {
        await using var ledger = await OpenAsync();
        for (var repeat = 0; repeat < 3; repeat++)
            for (var model = 0; model < 100; model++) ledger.Notices.Unpriced("openai", $"invented-{model}");
        await ledger.Notices.FlushAsync(ledger.Alerts);
        (await ledger.Alerts.ListAsync(1000)).Count.ShouldBe(50);

        Time.Advance(TimeSpan.FromDays(1));
        ledger.Notices.Unpriced("openai", "invented-0");
        await ledger.Notices.FlushAsync(ledger.Alerts);

        (await ledger.Alerts.ListAsync(1000)).Count(state => state.Alert.Subject == "openai/invented-0").ShouldBe(2);
    }

    private async Task<UsageLedger> WithMessageAsync()
    {
        var ledger = await OpenAsync();
        await ledger.Alerts.AddAsync(Alert("a"));
        await ledger.Alerts.RouteAsync(static _ => [new("webhook:a")]);
        return ledger;
    }

    private Alert Alert(string key) => new()
    {
        Id = Guid.CreateVersion7(Time.GetUtcNow()),
        Key = key,
        Kind = AlertKind.Test,
        Subject = "test",
        Text = "A test.",
        CreatedAt = Time.GetUtcNow(),
    };
}
