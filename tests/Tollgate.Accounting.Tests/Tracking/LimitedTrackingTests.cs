using Tollgate.Accounting.Limits.Admission;
using Tollgate.Accounting.Tests.Limits;
using Tollgate.Accounting.Tracking;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Windows;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Tests.Tracking;

public sealed class LimitedTrackingTests : AdmissionFixture
{
    private static readonly UsageEntry Entry = new()
    {
        Model = "gpt-4o",
        Provider = "openai",
        PromptTokens = 100,
        CompletionTokens = 20,
        Cost = 0.4m,
    };

    [Fact]
    public async Task Tracking_checks_and_counts_in_one_step_and_returns_the_remaining_amounts()
    {
        await using var gate = await GateAsync(
            CreateLimit(LimitMetric.Requests, 2, new CalendarWindow(CalendarUnit.Day)),
            Budget(1),
            CreateLimit(LimitMetric.TotalTokens, 1000, id: "tokens")
        );
        var tracker = new UsageTracker(gate.Ledger, time: Time, admission: gate.Controller);

        var first = await tracker.TrackAsync(Entry);
        await tracker.TrackAsync(Entry);
        var refused = await Should.ThrowAsync<LimitExceededException>(() =>
            tracker.TrackAsync(Entry with { Cost = 0.1m })
        );

        first
            .Limits.Select(limit => (limit.Limit.Id, limit.Left))
            .ShouldBe([("Requests", (Int128)1), ("budget", LimitAmount.FromUsd(0.6m)), ("tokens", 880)]);
        first.Exceeded.ShouldBeEmpty();
        first.Limits[0].ResetsAt.ShouldBe(new DateTimeOffset(2026, 7, 2, 0, 0, 0, TimeSpan.Zero));
        (refused.Refusal.Kind, refused.Refusal.Limit.Id).ShouldBe((RefusalKind.Exhausted, "Requests"));
        refused.Message.ShouldContain("Try again in 43200 s.");
        (await gate.Ledger.Query.TailAsync(9)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Spent_usage_is_booked_beyond_all_limits_and_each_breach_is_reported()
    {
        var requests = CreateLimit(LimitMetric.Requests, 0);
        var each = CreateLimit(LimitMetric.CostPerRequest, LimitAmount.FromUsd(0.3m), InstantWindow.Instance);
        var shadow = CreateLimit(LimitMetric.InputTokens, 1) with { Mode = LimitMode.Shadow };
        await using var gate = await GateAsync(requests, each, shadow, Budget(0.5m, mode: LimitMode.Soft));
        var tracker = new UsageTracker(gate.Ledger, time: Time, admission: gate.Controller);

        var one = await tracker.BookAsync(Entry);
        var two = await tracker.BookAsync(Entry);

        one.Exceeded.Select(limit => limit.Limit.Id).ShouldBe(["Requests", "CostPerRequest"]);
        two.Exceeded.Select(limit => (limit.Limit.Id, limit.Left))
            .ShouldBe([
                ("Requests", (Int128)(-2)),
                ("CostPerRequest", LimitAmount.FromUsd(-0.1m)),
                ("budget", LimitAmount.FromUsd(-0.3m)),
            ]);
        (await UsedAsync(gate.Ledger, requests)).ShouldBe(2);
    }

    [Fact]
    public async Task A_call_is_reserved_at_its_most_and_settled_at_what_it_took_or_released()
    {
        var budget = Budget(1);
        await using var gate = await GateAsync(budget);
        var tracker = new UsageTracker(gate.Ledger, time: Time, admission: gate.Controller);

        var held = (await tracker.ReserveAsync(Entry with { Cost = 0.9m })).Reservation.ShouldNotBeNull();
        (await tracker.ReserveAsync(Entry)).Refusal.ShouldNotBeNull().Reserved.ShouldBe(LimitAmount.FromUsd(0.9m));
        var settled = await tracker.SettleAsync(Entry with { Cost = 0.2m }, held);
        var other = (await tracker.ReserveAsync(Entry with { Cost = 0.8m })).Reservation.ShouldNotBeNull();
        other.Release();

        settled.Limits.ShouldHaveSingleItem().Left.ShouldBe(LimitAmount.FromUsd(0.8m));
        (await tracker.ReserveAsync(Entry with { Cost = 0.8m })).IsAdmitted.ShouldBeTrue();
        (await UsedAsync(gate.Ledger, budget)).ShouldBe(LimitAmount.FromUsd(0.2m));
    }

    [Fact]
    public async Task A_reservation_whose_booking_is_refused_is_released()
    {
        await using var gate = await GateAsync(Budget(1));
        var tracker = new UsageTracker(gate.Ledger, time: Time, admission: gate.Controller);
        var held = (await tracker.ReserveAsync(Entry with { Cost = 1m })).Reservation;

        await Should.ThrowAsync<ArgumentException>(() => tracker.SettleAsync(Entry with { PromptTokens = -1 }, held));

        (await tracker.ReserveAsync(Entry with { Cost = 1m })).IsAdmitted.ShouldBeTrue();
    }

    [Fact]
    public async Task Twenty_ledgers_at_once_never_pass_a_limit_of_ten()
    {
        var limit = CreateLimit(LimitMetric.Requests, 10, new CalendarWindow(CalendarUnit.Year));

        var passed = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        await using var gate = await GateAsync(limit);
                        try
                        {
                            await new UsageTracker(gate.Ledger, time: Time, admission: gate.Controller).TrackAsync(
                                Entry
                            );
                            return true;
                        }
                        catch (LimitExceededException)
                        {
                            return false;
                        }
                    })
                )
        );

        passed.Count(one => one).ShouldBe(10);
        await using var ledger = await OpenAsync();
        (await UsedAsync(ledger, limit)).ShouldBe(10);
    }

    [Theory]
    [InlineData(CallOutcome.Booked, 1)]
    [InlineData(CallOutcome.ClientDisconnected, 1)]
    [InlineData(CallOutcome.ProviderError, 0)]
    [InlineData(CallOutcome.ConnectFailed, 0)]
    public async Task A_call_refused_by_a_provider_does_not_count_as_a_request(CallOutcome outcome, int requests)
    {
        var limit = CreateLimit(LimitMetric.Requests, 10);
        await using var gate = await GateAsync(limit);

        await new UsageTracker(gate.Ledger, time: Time, admission: gate.Controller).BookAsync(
            Entry with
            {
                Outcome = outcome,
            }
        );

        (await UsedAsync(gate.Ledger, limit)).ShouldBe(requests);
    }

    [Fact]
    public async Task A_soft_limit_on_one_request_marks_what_is_beyond_it()
    {
        await using var gate = await GateAsync(
            CreateLimit(LimitMetric.CostPerRequest, LimitAmount.FromUsd(0.5m), InstantWindow.Instance) with
            {
                Mode = LimitMode.Soft,
            }
        );

        (await gate.Controller.ReserveAsync(Ann, Bound(0.5m))).Reservation.ShouldBeNull();
        (await gate.ReserveAsync(Bound(0.51m))).PassedLimit!.Metric.ShouldBe(LimitMetric.CostPerRequest);
    }
}
