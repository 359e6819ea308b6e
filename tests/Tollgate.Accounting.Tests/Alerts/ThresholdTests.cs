using Tollgate.Accounting.Alerts;
using Tollgate.Accounting.Limits.Admission;
using Tollgate.Accounting.Tests.Limits;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Windows;

namespace Tollgate.Accounting.Tests.Alerts;

public sealed class ThresholdTests : AdmissionFixture
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Each_threshold_raises_one_alert_under_concurrent_bookings(int gates)
    {
        // Twice what is spent: near its end a budget is what the gates hold, and that is another test's matter.
        var budget = Budget(2) with
        {
            AlertThresholds = [10, 25, 40, 45, 50],
        };
        var all = new List<Gate>();
        for (var index = 0; index < gates; index++)
            all.Add(await GateAsync(budget));

        await Task.WhenAll(
            Enumerable
                .Range(0, 1000)
                .Select(call =>
                    Task.Run(async () =>
                    {
                        var gate = all[call % gates];
                        await gate.BookAsync(await gate.ReserveAsync(Bound(0.001m)), Bound(0.001m));
                    })
                )
        );

        var alerts = await AlertsAsync(all[0]);
        alerts.Select(alert => alert.Threshold).ShouldBeUnique();
        alerts
            .Select(alert => alert.PreviousThreshold)
            .ShouldBe([0, .. alerts.SkipLast(1).Select(alert => alert.Threshold)]);
        alerts[^1]
            .ShouldSatisfyAllConditions(
                last => last.Threshold.ShouldBe(50),
                last => last.Used.ShouldBe(LimitAmount.FromUsd(1)),
                last => last.Amount.ShouldBe(LimitAmount.FromUsd(2))
            );
        foreach (var gate in all)
            await gate.DisposeAsync();
    }

    [Fact]
    public async Task Only_the_highest_of_several_thresholds_crossed_at_once_raises_an_alert()
    {
        await using var gate = await GateAsync(Budget(10) with { AlertThresholds = [50, 80, 95] });

        await SpendAsync(gate, 8.5m);
        await SpendAsync(gate, 0.5m);

        var alert = (await gate.Ledger.Alerts.Store.ListAsync(10)).ShouldHaveSingleItem().Alert;
        (alert.Kind, alert.Subject, alert.Crossing!.Threshold, alert.Crossing.PreviousThreshold).ShouldBe(
            (AlertKind.Threshold, "budget", 80, 0)
        );
        alert.Text.ShouldBe(
            "The limit 'budget' is spent to 80 %: $8.5 of $10 in total. Calls that would exceed it are refused."
        );
    }

    [Fact]
    public async Task The_next_window_raises_an_alert_again_and_each_target_has_its_own()
    {
        var scope = LimitScope.Create(new ScopeTerm(LimitDimension.User, null));
        await using var gate = await GateAsync(
            Budget(1, new CalendarWindow(CalendarUnit.Day)) with
            {
                AlertThresholds = [80],
                Scope = scope,
            }
        );
        var bob = Ann with { Attribution = Ann.Attribution with { User = "bob" } };

        await SpendAsync(gate, 0.8m);
        await SpendAsync(gate, 0.1m);
        await SpendAsync(gate, 0.9m, bob);
        Time.Advance(TimeSpan.FromDays(1));
        await SpendAsync(gate, 0.8m);

        (await AlertsAsync(gate))
            .Select(alert => (alert.Target, alert.WindowStart))
            .ShouldBe([
                ("ann", new DateTimeOffset(2026, 7, 1, 0, 0, 0, TimeSpan.Zero)),
                ("bob", new DateTimeOffset(2026, 7, 1, 0, 0, 0, TimeSpan.Zero)),
                ("ann", new DateTimeOffset(2026, 7, 2, 0, 0, 0, TimeSpan.Zero)),
            ]);
    }

    [Fact]
    public async Task A_restart_raises_no_alert_for_an_amount_already_reported()
    {
        var budget = Budget(10) with { AlertThresholds = [80] };
        await using (var first = await GateAsync(budget))
            await SpendAsync(first, 8);
        await using var gate = await GateAsync(budget);
        await SpendAsync(gate, 0.1m);

        gate.Controller.Use([budget with { Amount = LimitAmount.FromUsd(20) }]);
        await SpendAsync(gate, 8);
        gate.Controller.Use([budget]);
        gate.Controller.Use([budget with { Amount = LimitAmount.FromUsd(20) }]);
        await SpendAsync(gate, 0.1m);

        (await AlertsAsync(gate)).Select(alert => LimitAmount.ToUsd(alert.Amount)).ShouldBe([10, 20]);
    }

    [Fact]
    public async Task A_rolling_window_raises_an_alert_again_after_its_count_has_fallen()
    {
        await using var gate = await GateAsync(
            Budget(1, new RollingWindow(TimeSpan.FromHours(1))) with
            {
                AlertThresholds = [50],
            }
        );

        await SpendAsync(gate, 0.5m);
        Time.Advance(TimeSpan.FromMinutes(30));
        await SpendAsync(gate, 0.1m);
        Time.Advance(TimeSpan.FromHours(2));
        await SpendAsync(gate, 0.6m);

        (await AlertsAsync(gate)).Select(alert => LimitAmount.ToUsd(alert.Used)).ShouldBe([0.5m, 0.6m]);
    }

    [Fact]
    public async Task An_exceeded_soft_limit_raises_an_alert_and_calls_continue()
    {
        await using var gate = await GateAsync(Budget(1, mode: LimitMode.Soft));

        await SpendAsync(gate, 1);
        (await AlertsAsync(gate)).ShouldBeEmpty();
        await SpendAsync(gate, 0.01m);
        await SpendAsync(gate, 5);

        var alert = (await gate.Ledger.Alerts.Store.ListAsync(10)).ShouldHaveSingleItem().Alert;
        (alert.Kind, alert.Crossing!.Threshold).ShouldBe((AlertKind.SoftLimit, 100));
        alert.Text.ShouldBe(
            "The limit 'budget' is exceeded: $1.01 of $1 in total. It is a soft limit: calls continue."
        );
    }

    [Fact]
    public async Task A_reset_arms_the_thresholds_again()
    {
        var budget = Budget(1) with { AlertThresholds = [80] };
        await using var gate = await GateAsync(budget);
        await SpendAsync(gate, 0.8m);

        await gate.Ledger.Limits.ResetAsync(budget, null);
        await gate.Controller.RenewAsync();
        await SpendAsync(gate, 0.8m);

        (await AlertsAsync(gate)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_nearly_empty_bucket_raises_an_alert()
    {
        await using var gate = await GateAsync(
            CreateLimit(LimitMetric.Requests, 10, new BucketWindow(TimeSpan.FromMinutes(1))) with
            {
                AlertThresholds = [80],
            }
        );

        for (var call = 0; call < 10; call++)
            await gate.BookAsync(await gate.ReserveAsync(Bound(0)), Bound(0));
        await gate.Controller.RenewAsync();

        (await AlertsAsync(gate)).ShouldHaveSingleItem().Used.ShouldBeGreaterThanOrEqualTo(8);
    }

    [Fact]
    public async Task A_hard_budget_that_refuses_raises_one_alert_before_its_amount_is_reached()
    {
        await using var gate = await GateAsync(
            Budget(1, new CalendarWindow(CalendarUnit.Day)) with
            {
                AlertThresholds = [95],
            }
        );
        await SpendAsync(gate, 0.9m);

        for (var call = 0; call < 3; call++)
            gate.Ledger.Alerts.Notices.AddRefusal(await gate.RefusedAsync(Bound(0.2m)));
        await gate.Ledger.Alerts.Notices.FlushAsync(gate.Ledger.Alerts.Store);

        var alert = (await gate.Ledger.Alerts.Store.ListAsync(10)).ShouldHaveSingleItem().Alert;
        (alert.Kind, alert.Crossing!.WindowStart).ShouldBe(
            (AlertKind.LimitExhausted, new DateTimeOffset(2026, 7, 1, 0, 0, 0, TimeSpan.Zero))
        );
        alert.Text.ShouldStartWith(
            "Budget exceeded: budget: $0.9 used and $0 reserved of $1 in this day, and this call may need up to $0.2."
        );
    }

    [Fact]
    public async Task Default_thresholds_are_those_of_limits_on_cost_that_have_none_of_their_own()
    {
        await using var ledger = await OpenAsync();
        await using var controller = new AdmissionController(
            ledger.Limits,
            ledger.InstanceId,
            Time,
            new AdmissionOptions { DefaultThresholds = [50, 100] }
        );
        controller.Use([
            Budget(1),
            Budget(1) with
            {
                Id = "own",
                AlertThresholds = [80],
            },
            Budget(1, mode: LimitMode.Shadow) with
            {
                Id = "shadow",
            },
            CreateLimit(LimitMetric.Requests, 1),
        ]);

        controller
            .Limits.Select(limit => $"{limit.Id} {string.Join(',', limit.AlertThresholds)}".Trim())
            .ShouldBe(["budget 50,100", "own 80", "shadow", "Requests"]);
    }

    private static async Task SpendAsync(Gate gate, decimal usd, LimitSubject? subject = null) =>
        await gate.BookAsync(await gate.ReserveAsync(Bound(usd), subject), Bound(usd));

    /// <summary>
    /// The crossings that were told, by time; the clock stands still, hence by what they say within it.
    /// </summary>
    private static async Task<List<LimitCrossing>> AlertsAsync(Gate gate) =>
        [
            .. (await gate.Ledger.Alerts.Store.ListAsync(1000))
                .OrderBy(state => state.Alert.CreatedAt)
                .Select(state => state.Alert.Crossing!)
                .OrderBy(alert => alert.WindowStart)
                .ThenBy(alert => alert.Amount)
                .ThenBy(alert => alert.Threshold)
                .ThenBy(alert => alert.Target),
        ];
}
