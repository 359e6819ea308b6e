using Microsoft.Extensions.Logging;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Limits.Admission;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Tests.Logging;
using Tollgate.Metering.Limits;

namespace Tollgate.Accounting.Tests.Limits;

/// <summary>
/// What a gate believes to hold and what the store says it holds must not part for long, and never to the limit's cost.
/// </summary>
public sealed class LostLeaseTests : AdmissionFixture
{
    private readonly RecordedLog _log = new();
    private static readonly Limit Tokens = CreateLimit(LimitMetric.OutputTokens, 100);

    [Fact]
    public async Task A_grant_whose_answer_was_lost_is_used_after_the_next_answer()
    {
        await using var ledger = await OpenAsync();
        var store = new FlakyLimitStore(ledger.Limits) { LosesAnswers = true };
        await using var gate = GateOf(store, ledger);

        (await gate.ReserveAsync(Ann, Bound(0, output: 100))).Refusal!.Kind.ShouldBe(RefusalKind.Unavailable);
        store.LosesAnswers = false;

        (await gate.ReserveAsync(Ann, Bound(0, output: 100))).IsAdmitted.ShouldBeTrue(
            "it was granted, and nobody else has it"
        );
    }

    [Fact]
    public async Task Leases_granted_during_a_read_count_once_in_the_rest()
    {
        await using var ledger = await OpenAsync();
        var store = new FlakyLimitStore(ledger.Limits);
        await using var gate = GateOf(store, ledger);
        store.BeforeReadingAnswers = async () =>
            (await gate.ReserveAsync(Ann, Bound(0, output: 40))).Reservation!.Release();

        (await gate.ReadStatusesAsync(Ann)).ShouldHaveSingleItem().Left.ShouldBe(100);
        store.BeforeReadingAnswers.ShouldBeNull("it happened");
    }

    /// <summary>
    /// A gateway that has just started reads its own import of the configuration's limits back from the registry.
    /// </summary>
    [Theory]
    [InlineData(100)] // Nothing but the object is another one.
    [InlineData(90)]
    [InlineData(110)]
    public async Task Admits_a_call_for_which_a_lease_arrives_just_after_its_limit_was_updated(int amount)
    {
        await using var ledger = await OpenAsync();
        var store = new FlakyLimitStore(ledger.Limits);
        await using var gateway = GateOf(store, ledger);
        store.BeforeExchangeAnswers = () => gateway.Use([Tokens with { Amount = amount }]);

        var admitted = await gateway.ReserveAsync(Ann, Bound(0, output: 90));

        admitted.Refusal?.Message.ShouldBeNull();
        store.BeforeExchangeAnswers.ShouldBeNull("it happened");
        (await gateway.ReserveAsync(Ann, Bound(0, output: 30))).Refusal!.Kind.ShouldBe(RefusalKind.Exhausted);
    }

    [Fact]
    public async Task Refuses_a_call_whose_limit_was_lowered_below_it_while_its_lease_arrived()
    {
        await using var ledger = await OpenAsync();
        var store = new FlakyLimitStore(ledger.Limits);
        await using var gateway = GateOf(store, ledger);
        store.BeforeExchangeAnswers = () => gateway.Use([Tokens with { Amount = 80 }]);

        (await gateway.ReserveAsync(Ann, Bound(0, output: 90))).IsAdmitted.ShouldBeFalse();
        (await gateway.ReserveAsync(Ann, Bound(0, output: 80))).IsAdmitted.ShouldBeTrue();
    }

    [Fact]
    public async Task An_unexpected_failure_leaves_no_call_waiting_and_loses_nothing()
    {
        await using var ledger = await OpenAsync();
        var store = new FlakyLimitStore(ledger.Limits) { Garbles = true };
        await using var gate = GateOf(store, ledger);

        var calls = await Task.WhenAll(
            Enumerable.Range(0, 5).Select(_ => gate.ReserveAsync(Ann, Bound(0, output: 20)).AsTask())
        );
        calls.ShouldAllBe(static call => call.Refusal!.Kind == RefusalKind.Unavailable);
        (await gate.RenewAsync()).ShouldBeFalse();
        gate.IsStoreReachable.ShouldBeFalse();
        store.Garbles = false;

        (await gate.ReserveAsync(Ann, Bound(0, output: 100))).IsAdmitted.ShouldBeTrue(
            "what was granted meanwhile is this gate's"
        );
        (await gate.ReserveAsync(Ann, Bound(0, output: 1))).Refusal!.Kind.ShouldBe(RefusalKind.Exhausted);
        gate.IsStoreReachable.ShouldBeTrue();
        gate.StoreFailedAt.ShouldBe(Time.GetUtcNow());
        _log.Levels.ShouldBe([LogLevel.Warning, LogLevel.Information]);
    }

    [Fact]
    public async Task After_its_end_an_admission_answers_at_once_and_spends_nothing_that_it_gave_back()
    {
        await using var ledger = await OpenAsync();
        var gate = GateOf(ledger.Limits, ledger);
        (await gate.ReserveAsync(Ann, Bound(0, output: 50))).Reservation!.Release();
        await gate.DisposeAsync();

        (await gate.ReserveAsync(Ann, Bound(0, output: 1))).Refusal!.Kind.ShouldBe(RefusalKind.Unavailable);
        (await gate.RenewAsync()).ShouldBeFalse();
        await gate.DisposeAsync();
    }

    [Fact]
    public async Task A_long_idle_counter_grants_no_more_than_it_shows()
    {
        await using var gate = await GateAsync(Tokens);
        await using var other = await GateAsync(Tokens);
        await gate.BookAsync(await gate.ReserveAsync(Bound(0, output: 50)), Bound(0, output: 50));
        for (var minute = 0; minute < 5; minute++)
        {
            Time.Advance(TimeSpan.FromMinutes(1));
            await gate.Controller.RenewAsync();
            await other.Controller.RenewAsync();
        }

        await other.BookAsync(await other.ReserveAsync(Bound(0, output: 45)), Bound(0, output: 45));
        (await gate.RefusedAsync(Bound(0, output: 6))).Used.ShouldBe(95, "what it was given before is spent");
    }

    [Fact]
    public async Task A_returned_lease_is_not_spent_again_although_the_response_was_lost()
    {
        await using var ledger = await OpenAsync();
        var store = new FlakyLimitStore(ledger.Limits);
        await using var gate = GateOf(store, ledger);
        await using var other = GateOf(ledger.Limits, await OpenAsync());
        (await gate.ReserveAsync(Ann, Bound(0, output: 100))).Reservation!.Release();
        store.LosesAnswers = true;
        Time.Advance(TimeSpan.FromSeconds(5)); // Idle by now: it gives all back.
        (await gate.RenewAsync()).ShouldBeFalse();
        store.LosesAnswers = false;

        (await other.ReserveAsync(Ann, Bound(0, output: 60))).IsAdmitted.ShouldBeTrue();
        (await gate.ReserveAsync(Ann, Bound(0, output: 41))).IsAdmitted.ShouldBeFalse();
        (await gate.ReserveAsync(Ann, Bound(0, output: 35))).IsAdmitted.ShouldBeTrue(
            "the other one was given a little more than it needs"
        );
    }

    [Fact]
    public async Task A_lease_that_could_not_be_returned_is_returned_later()
    {
        await using var ledger = await OpenAsync();
        var store = new FlakyLimitStore(ledger.Limits);
        await using var gate = GateOf(store, ledger);
        (await gate.ReserveAsync(Ann, Bound(0, output: 100))).Reservation!.Release();
        store.IsDown = true;
        Time.Advance(TimeSpan.FromSeconds(5));
        (await gate.RenewAsync()).ShouldBeFalse();
        store.IsDown = false;
        await gate.RenewAsync();
        await gate.RenewAsync();

        (await ledger.Limits.ReadAsync([Tokens]))[0].Remaining.ShouldBe(100);
    }

    [Fact]
    public async Task A_live_gateway_does_not_spend_leases_that_were_given_to_others()
    {
        await using var ledger = await OpenAsync();
        await using var gate = GateOf(ledger.Limits, ledger);
        await using var other = GateOf(ledger.Limits, await OpenAsync());
        var running = (await gate.ReserveAsync(Ann, Bound(0, output: 30))).Reservation!;
        (await gate.ReserveAsync(Ann, Bound(0, output: 40))).Reservation!.Release();
        await ledger.Limits.ReleaseAsync(ledger.InstanceId);
        (await other.ReserveAsync(Ann, Bound(0, output: 60))).IsAdmitted.ShouldBeTrue();
        Time.Advance(TimeSpan.FromSeconds(5));
        foreach (var one in (AdmissionController[])[gate, other, gate])
            await one.RenewAsync();

        (await ledger.Limits.ReadAsync([Tokens]))[0]
            .ShouldSatisfyAllConditions(count => count.Granted.ShouldBe(90), count => count.Remaining.ShouldBe(10));
        (await gate.ReserveAsync(Ann, Bound(0, output: 11))).IsAdmitted.ShouldBeFalse(
            "30 are under way and 60 are another's"
        );
        (await gate.ReserveAsync(Ann, Bound(0, output: 10))).IsAdmitted.ShouldBeTrue();
        running.Release();
    }

    [Fact]
    public async Task Usage_beyond_a_reservation_reduces_the_rest_at_once()
    {
        await using var gate = await GateAsync(Tokens);
        var (one, other) = (
            await gate.ReserveAsync(Bound(0, output: 40)),
            await gate.ReserveAsync(Bound(0, output: 40))
        );
        await gate.BookAsync(one, Bound(0, output: 70));
        await gate.Controller.RenewAsync();

        var count = (await gate.Ledger.Limits.ReadAsync([Tokens]))[0];
        (count.Used, count.Granted >= 40, count.Remaining <= -10).ShouldBe(
            (70, true, true),
            "70 are spent and 40 may still be"
        );
        other.Release();
    }

    private AdmissionController GateOf(ILimitStore store, UsageLedger ledger)
    {
        var controller = new AdmissionController(
            store,
            ledger.InstanceId,
            Time,
            new AdmissionOptions { LoggerFactory = _log }
        );
        controller.Use([Tokens]);
        return controller;
    }
}
