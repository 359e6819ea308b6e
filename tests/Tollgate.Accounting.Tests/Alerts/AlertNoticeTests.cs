using Tollgate.Accounting.Alerts;
using Tollgate.Accounting.Tests.Ledger;

namespace Tollgate.Accounting.Tests.Alerts;

public sealed class AlertNoticeTests : LedgerFixture
{
    private static readonly Guid Me = Guid.CreateVersion7();

    [Fact]
    public void Waits_grow_to_an_hour_and_end_after_a_day()
    {
        var age = TimeSpan.Zero;
        var waits = new List<TimeSpan>();
        while (AlertRetryPolicy.NextDelay(Me, waits.Count + 1, age) is { } wait)
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
            for (var model = 0; model < 100; model++)
                ledger.Alerts.Notices.AddUnpriced("openai", $"invented-{model}");
        await ledger.Alerts.Notices.FlushAsync(ledger.Alerts.Store);
        (await ledger.Alerts.Store.ListAsync(1000)).Count.ShouldBe(50);

        Time.Advance(TimeSpan.FromDays(1));
        ledger.Alerts.Notices.AddUnpriced("openai", "invented-0");
        await ledger.Alerts.Notices.FlushAsync(ledger.Alerts.Store);

        (await ledger.Alerts.Store.ListAsync(1000))
            .Count(state => state.Alert.Subject == "openai/invented-0")
            .ShouldBe(2);
    }
}
