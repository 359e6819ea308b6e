using Tollgate.Accounting.Limits.Leases;
using Tollgate.Accounting.Limits.Reconciliation;
using Tollgate.Accounting.Time;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Windows;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Tests.Limits;

public sealed class ReconcileTests : AdmissionFixture
{
    private static readonly LimitScope EachUser = LimitScope.Create(new ScopeTerm(LimitDimension.User, null));

    [Fact]
    public async Task A_limit_that_is_set_in_the_middle_of_its_window_counts_what_was_spent_before()
    {
        await using var gate = await GateAsync();
        await SpendAsync(gate, "ann", 3);
        await SpendAsync(gate, "bob", 1);
        var month = new CalendarWindow(CalendarUnit.Month);
        var limit = CreateLimit(LimitMetric.Cost, LimitAmount.FromUsd(4), month, EachUser);
        gate.Controller.Use([limit]);

        var drifts = await Reconciler(gate).ReconcileAsync([limit], isNew: true);

        drifts
            .Select(drift => (drift.Target, drift.Ledger, drift.Counter))
            .Order()
            .ShouldBe([("ann", LimitAmount.FromUsd(3), 0), ("bob", LimitAmount.FromUsd(1), 0)]);
        (await gate.RefusedAsync(Bound(1.01m))).Used.ShouldBe(LimitAmount.FromUsd(3));
        (await gate.ReserveAsync(Bound(1m))).Release();
        (await Reconciler(gate).ReconcileAsync([limit], isNew: false)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Records_booked_without_a_reservation_are_counted_and_a_rolling_window_too()
    {
        var limit = CreateLimit(
            LimitMetric.OutputTokens,
            1000,
            new RollingWindow(TimeSpan.FromHours(1)),
            LimitScope.Create(new ScopeTerm(LimitDimension.Team, "red"))
        );
        await using var gate = await GateAsync(limit);
        await gate.Ledger.AppendAsync(Record() with { Usage = new TokenUsage { [UsageKind.OutputText] = 700 } });
        await gate.Ledger.AppendAsync(
            Record() with
            {
                Usage = new TokenUsage { [UsageKind.OutputText] = 5000 },
                Attribution = new Attribution { KeyId = "k2" },
            }
        );

        await Reconciler(gate).ReconcileAsync([limit], isNew: false);

        (await UsedAsync(gate.Ledger, limit)).ShouldBe(700);
    }

    [Fact]
    public async Task A_counter_that_is_ahead_is_reported_and_not_lowered()
    {
        var limit = CreateLimit(LimitMetric.Requests, 10, new CalendarWindow(CalendarUnit.Day));
        await using var gate = await GateAsync(limit);
        await gate.BookAsync(await gate.ReserveAsync(Bound(1)), Bound(1));
        await gate.Ledger.Limits.AdjustAsync(limit, "", new CounterAdjustment(Stamp(limit), Stamp(limit), 5, 0));

        var drift = (await Reconciler(gate).ReconcileAsync([limit], isNew: false)).ShouldHaveSingleItem();

        (drift.Ledger, drift.Counter).ShouldBe((1, 6));
        (await UsedAsync(gate.Ledger, limit)).ShouldBe(6);
    }

    [Fact]
    [Trait("Needs", "Time")]
    public async Task Nothing_drifts_while_calls_are_booked()
    {
        var day = new CalendarWindow(CalendarUnit.Day);
        var limit = CreateLimit(LimitMetric.Cost, LimitAmount.FromUsd(1000), day, EachUser);
        await using var gate = await GateAsync(limit);
        var booking = Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        for (var call = 0; call < 200; call++)
                            await gate.BookAsync(await gate.ReserveAsync(Bound(0.1m)), Bound(0.05m));
                    })
                )
        );

        while (!booking.IsCompleted)
            (await Reconciler(gate).ReconcileAsync([limit], isNew: false)).ShouldBeEmpty();
        await booking;
        (await UsedAsync(gate.Ledger, limit)).ShouldBe(LimitAmount.FromUsd(80));
    }

    private long Stamp(Limit limit) =>
        LeaseAllocator.WindowsAt(limit, UnixMicros.FromTime(Time.GetUtcNow())).Booked;

    private LimitReconciler Reconciler(Gate gate) =>
        new(gate.Ledger.Limits, static key => (key == "k1" ? "red" : "blue", null), Time);

    private async Task SpendAsync(Gate gate, string user, decimal usd) =>
        await gate.Ledger.AppendAsync(
            Record() with
            {
                Cost = Money.Round(usd),
                Attribution = new Attribution { User = user },
            }
        );
}
