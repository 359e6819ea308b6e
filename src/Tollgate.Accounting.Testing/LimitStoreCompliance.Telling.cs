using Tollgate.Accounting.Alerts;
using Tollgate.Accounting.Limits.Leases;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Windows;
using Xunit;

namespace Tollgate.Accounting.Testing;

public abstract partial class LimitStoreCompliance
{
    /// <summary>
    /// The store decides which record crosses a threshold, however many are written at once and on however many
    /// gateways.
    /// </summary>
    [Fact]
    public async Task Raises_each_threshold_alert_once_under_concurrency()
    {
        var limit = CreateLimit(200) with { AlertThresholds = [10, 25, 50, 80, 95, 100] };
        var (gate, stores) = (CreateHolder(), new[] { Store, await OpenAsync(), await OpenAsync() });
        foreach (var store in stores)
            store.Limits.SetMonitored([limit]);

        await Task.WhenAll(
            Enumerable
                .Range(0, 200)
                .Select(call => Task.Run(() => stores[call % 3].BookAsync([Booking(gate, limit, 1)])))
        );

        // A store may write several records at once, and then reports the highest threshold that they cross.
        var told = (await ReadAlertsAsync()).OrderBy(static crossing => crossing.Threshold).ToList();
        Assert.Equal(
            [0, .. told.SkipLast(1).Select(static crossing => crossing.Threshold)],
            told.Select(static crossing => crossing.PreviousThreshold)
        );
        Assert.All(told, static crossing => Assert.True(crossing.Used * 100 >= crossing.Amount * crossing.Threshold));
        Assert.Equal((100, 200), (told[^1].Threshold, (int)told[^1].Used));
    }

    /// <summary>
    /// The sum of a rolling window needs care: its parts are rows that different records change at the same time.
    /// </summary>
    [Fact]
    public async Task Bookings_in_different_parts_of_a_rolling_window_cross_its_thresholds_together()
    {
        var rolling = new RollingWindow(TimeSpan.FromDays(60));
        var limit = CreateLimit(100, rolling) with { AlertThresholds = [50, 100] };
        var (gate, stores) = (CreateHolder(), new[] { Store, await OpenAsync() });
        foreach (var store in stores)
            store.Limits.SetMonitored([limit]);
        var now = (await Store.Limits.ExchangeAsync(gate, [Need(limit, 0)])).Now.Value;

        await Task.WhenAll(
            Enumerable
                .Range(0, 100)
                .Select(call =>
                    Task.Run(() =>
                        stores[call % 2]
                            .BookAsync([
                                Booking(gate, limit, 1, rolling.GetPart(now) - (call % 7 * rolling.PartMicros)),
                            ])
                    )
                )
        );

        var told = (await ReadAlertsAsync()).Select(static crossing => crossing.Threshold).Order().ToList();
        Assert.Equal(told.Distinct(), told);
        Assert.Equal(100, told[^1]);
    }

    /// <summary>
    /// If several thresholds are crossed at once, the highest is reported, with the one that was reported before.
    /// </summary>
    [Fact]
    public async Task Raises_an_alert_for_the_highest_crossed_threshold()
    {
        var limit = CreateLimit(100, Year) with { AlertThresholds = [50, 80, 95], Name = "budget" };
        var gate = CreateHolder();
        Store.Limits.SetMonitored([limit, CreateLimit(100, id: "without thresholds")]);
        var start = (await ExchangeAsync(gate, Need(limit, 0))).LeaseWindow;

        await Store.BookAsync([Booking(gate, limit, 20, start), Booking(gate, limit, 20, start)]);
        Assert.Empty(await ReadAlertsAsync());
        await Store.BookAsync([Booking(gate, limit, 45, start)]);
        await Store.BookAsync([Booking(gate, limit, 5, start)]);

        var state = Assert.Single(await Store.Alerts.ListAsync(10));
        Assert.Equal((AlertKind.Threshold, "budget"), (state.Alert.Kind, state.Alert.Subject));
        var told = state.Alert.Crossing!;
        Assert.Equal((80, 0, 85, 100), (told.Threshold, told.PreviousThreshold, (int)told.Used, (int)told.Amount));
        Assert.Equal(DateTimeOffset.UnixEpoch.AddMicroseconds(start), told.WindowStart);
    }

    /// <summary>Each target is reported separately, and another amount has its own thresholds.</summary>
    [Fact]
    public async Task Each_target_and_each_amount_has_its_own_thresholds()
    {
        var limit = CreateLimit(100) with { AlertThresholds = [80] };
        var gate = CreateHolder();
        Store.Limits.SetMonitored([limit]);
        await Store.BookAsync([Booking(gate, limit, 80, target: "ann"), Booking(gate, limit, 90, target: "bob")]);
        Store.Limits.SetMonitored([limit with { Amount = 200 }]);
        await Store.BookAsync([Booking(gate, limit, 80, target: "ann")]);
        Store.Limits.SetMonitored([limit]);
        await Store.BookAsync([Booking(gate, limit, 1, target: "ann")]);

        Assert.Equal(
            [("ann", 100), ("ann", 200), ("bob", 100)],
            (await ReadAlertsAsync()).Select(static told => (told.Target, (int)told.Amount)).Order()
        );
    }

    /// <summary>Usage beyond a soft limit is reported; the amount itself is not beyond it.</summary>
    [Fact]
    public async Task Raises_an_alert_when_a_soft_limit_is_exceeded()
    {
        var limit = CreateLimit(100) with { Mode = LimitMode.Soft };
        var gate = CreateHolder();
        Store.Limits.SetMonitored([limit]);
        await Store.BookAsync([UnleasedBooking(gate, limit, 100)]);
        Assert.Empty(await ReadAlertsAsync());
        await Store.BookAsync([UnleasedBooking(gate, limit, 1)]);
        Assert.Equal(AlertKind.SoftLimit, Assert.Single(await Store.Alerts.ListAsync(10)).Alert.Kind);
    }

    /// <summary>
    /// A reset of one target arms its thresholds, and no others; a limit that was deleted starts from zero.
    /// </summary>
    [Fact]
    public async Task A_reset_and_a_limit_that_was_forgotten_arm_the_thresholds_again()
    {
        var limit = CreateLimit(100) with { AlertThresholds = [80] };
        var gate = CreateHolder();
        Store.Limits.SetMonitored([limit]);
        await Store.BookAsync([Booking(gate, limit, 80, target: "ann"), Booking(gate, limit, 80, target: "bob")]);
        await Store.Limits.ResetAsync(limit, "ann");
        await Store.BookAsync([Booking(gate, limit, 80, target: "ann"), Booking(gate, limit, 1, target: "bob")]);
        Assert.Equal(["ann", "ann", "bob"], (await ReadAlertsAsync()).Select(static told => told.Target).Order());
        await Store.Limits.DeleteAsync([limit.Id]);
        await Store.BookAsync([Booking(gate, limit, 80, target: "bob")]);
        Assert.Equal(2, (await ReadAlertsAsync()).Count(static told => told.Target == "bob"));
    }

    /// <summary>A bucket is reported by the exchange that takes from it.</summary>
    [Fact]
    public async Task Raises_one_alert_for_a_nearly_empty_bucket()
    {
        var limit = CreateLimit(100, new BucketWindow(TimeSpan.FromDays(300))) with { AlertThresholds = [80] };
        var gate = CreateHolder();
        Store.Limits.SetMonitored([limit]);
        await GrantedAsync(gate, Need(limit, 85));
        await Store.BookAsync([Booking(gate, limit, 85, count: null)]);
        await ExchangeAsync(gate, Need(limit, 0));
        await ExchangeAsync(gate, Need(limit, 1));
        Assert.Equal(80, Assert.Single(await ReadAlertsAsync()).Threshold);
    }

    /// <summary>A caller that is not sure whether a record was written may repeat it.</summary>
    [Fact]
    public async Task Raises_no_second_alert_for_a_repeated_record()
    {
        var limit = CreateLimit(100) with { AlertThresholds = [50, 100] };
        var booked = Booking(CreateHolder(), limit, 60);
        Store.Limits.SetMonitored([limit]);
        await Store.BookAsync([booked]);
        await Store.BookAsync([booked]);
        Assert.Equal(50, Assert.Single(await ReadAlertsAsync()).Threshold);
    }

    /// <summary>The recovery of a dead gateway's calls records them before it has read the limits.</summary>
    [Fact]
    public async Task Backfills_a_missed_alert_once()
    {
        var limit = CreateLimit(100, Year) with { AlertThresholds = [50, 80, 95] };
        var rolling = new RollingWindow(TimeSpan.FromDays(60));
        var rolls = CreateLimit(100, rolling, id: "rolls") with { AlertThresholds = [80] };
        var (gate, stores) = (CreateHolder(), new[] { Store, await OpenAsync(), await OpenAsync() });
        var start = (await ExchangeAsync(gate, Need(limit, 0))).LeaseWindow;
        var now = (await Store.Limits.ExchangeAsync(gate, [Need(rolls, 0)])).Now.Value;
        await Store.BookAsync([
            Booking(gate, limit, 85, start, target: "ann"),
            Booking(gate, limit, 49, start, target: "bob"),
            Booking(gate, rolls, 40, rolling.GetPart(now)),
            Booking(gate, rolls, 40, rolling.GetPart(now) - rolling.PartMicros),
        ]);
        Assert.Empty(await ReadAlertsAsync());

        foreach (var store in stores)
            store.Limits.SetMonitored([limit, rolls]);
        await Task.WhenAll(stores.Select(store => store.Limits.BackfillAlertsAsync([limit, rolls])));
        await Store.BookAsync([Booking(gate, limit, 1, start, target: "ann")]);
        await Store.Limits.BackfillAlertsAsync([limit, rolls]);

        Assert.Equal(
            [("limit", "ann", 80, 85), ("rolls", "", 80, 80)],
            (await ReadAlertsAsync())
                .Select(static told => (told.LimitId, told.Target, told.Threshold, (int)told.Used))
                .Order()
        );
    }

    /// <summary>
    /// A crashed gateway restarts after the window of its calls has ended; what it counted while running was reported.
    /// </summary>
    [Fact]
    public async Task Backfills_a_missed_alert_of_a_past_window_once()
    {
        var day = new CalendarWindow(CalendarUnit.Day);
        var limit = CreateLimit(100, day) with { AlertThresholds = [50, 80, 95] };
        var (quiet, later) = (
            CreateLimit(100, day, id: "quiet"),
            CreateLimit(100, day, id: "watched") with
            {
                AlertThresholds = [80],
            }
        );
        var (gate, other) = (CreateHolder(), await OpenAsync());
        var now = (await Store.Limits.ExchangeAsync(gate, [Need(limit, 0)])).Now;
        var before = LeaseAllocator.WindowsAt(limit, new(LeaseAllocator.WindowsAt(limit, now).Booked - 1)).Booked;
        other.Limits.SetMonitored([quiet, later with { AlertThresholds = [] }]);
        await other.BookAsync([Booking(gate, later, 90, before)]);
        await Store.BookAsync([
            Booking(gate, limit, 45, before, target: "ann"),
            Booking(gate, limit, 40, before, target: "ann"),
            Booking(gate, quiet, 99, before),
        ]);

        // A changed amount does not affect the past, and records written with knowledge of the limit were already
        // checked.
        foreach (var store in new[] { Store, other })
            store.Limits.SetMonitored([limit, quiet, later]);
        await Task.WhenAll(
            new[] { Store, other }.Select(store => store.Limits.BackfillAlertsAsync([limit, quiet, later]))
        );
        await Store.Limits.BackfillAlertsAsync([
            limit with
            {
                Amount = 10,
            },
            quiet with
            {
                AlertThresholds = [50],
            },
            later,
        ]);

        var told = Assert.Single(await Store.Alerts.ListAsync(1000)).Alert;
        Assert.Equal(
            ("limit", "ann", 80, 85),
            (told.Crossing!.LimitId, told.Crossing.Target, told.Crossing.Threshold, (int)told.Crossing.Used)
        );
        Assert.Equal(DateTimeOffset.UnixEpoch.AddMicroseconds(before), told.Crossing.WindowStart);
        Assert.Contains(
            "was spent to 80 %: 85 of 100 tokens in the day that began at ",
            told.Text,
            StringComparison.Ordinal
        );
    }

    /// <summary>Under a limit that was lowered below its usage, nothing more is recorded.</summary>
    [Fact]
    public async Task Backfills_alerts_of_lowered_but_not_of_reset_limits()
    {
        var limit = CreateLimit(100) with { AlertThresholds = [80] };
        var gate = CreateHolder();
        Store.Limits.SetMonitored([limit]);
        await Store.BookAsync([Booking(gate, limit, 50)]);
        await Store.Limits.BackfillAlertsAsync([limit with { Amount = 40 }]);
        await Store.Limits.BackfillAlertsAsync([limit with { Amount = 40 }]);
        Assert.Equal(
            (80, 50, 40),
            Assert.Single(await ReadAlertsAsync()) is { } told
                ? (told.Threshold, (int)told.Used, (int)told.Amount)
                : default
        );

        await Store.Limits.ResetAsync(limit, null);
        await Store.Limits.BackfillAlertsAsync([limit with { Amount = 30 }]);
        Assert.Single(await ReadAlertsAsync());
    }

    private async Task<List<LimitCrossing>> ReadAlertsAsync() =>
        [.. (await Store.Alerts.ListAsync(1000)).Select(static state => state.Alert.Crossing!)];
}
