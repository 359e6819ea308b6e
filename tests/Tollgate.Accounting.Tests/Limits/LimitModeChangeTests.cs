using Tollgate.Accounting.Time;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Text;

namespace Tollgate.Accounting.Tests.Limits;

/// <summary>A limit may become soft, and hard again, while quota is leased and calls are in flight.</summary>
public sealed class LimitModeChangeTests : AdmissionFixture
{
    [Theory]
    [InlineData("daily_tokens=100")]
    [InlineData("hourly_rolling_tokens=100")]
    [InlineData("tokens_per_bucket_hour=100")]
    [InlineData("total_tokens=100")]
    public async Task Returns_the_lease_when_the_limit_becomes_soft(string text)
    {
        var (hard, soft) = Parse(text);
        await using var gate = await GateAsync(hard);
        await using var other = await GateAsync(hard);
        await CallAsync(gate, reserved: 20, used: 20);

        gate.Controller.Use([soft]);
        await RenewAsync(gate);

        (await gate.Ledger.Limits.ReadAsync([hard])).Sum(count => (long)count.Granted).ShouldBe(0);
        await other.ReserveAsync(Bound(0, output: 80));
        await other.RefusedAsync(Bound(0, output: 1));
    }

    [Theory]
    [InlineData("daily_tokens=100")]
    [InlineData("hourly_rolling_tokens=100")]
    [InlineData("tokens_per_bucket_hour=100")]
    [InlineData("total_tokens=100")]
    public async Task A_call_admitted_under_a_soft_limit_frees_no_quota_of_the_hard_one(string text)
    {
        var (hard, soft) = Parse(text);
        await using var gate = await GateAsync(soft);
        var inFlight = await gate.ReserveAsync(Bound(0, output: 80));
        await RenewAsync(gate);

        gate.Controller.Use([hard]);
        await gate.BookAsync(inFlight, Bound(0, output: 10));
        await RenewAsync(gate);

        await gate.ReserveAsync(Bound(0, output: 90));
        await gate.RefusedAsync(Bound(0, output: 1));
    }

    [Theory]
    [InlineData("daily_tokens=100")]
    [InlineData("hourly_rolling_tokens=100")]
    [InlineData("tokens_per_bucket_hour=100")]
    [InlineData("total_tokens=100")]
    public async Task Quota_that_a_call_did_not_use_while_the_limit_was_soft_is_available_again(string text)
    {
        var (hard, soft) = Parse(text);
        await using var gate = await GateAsync(hard);
        var inFlight = await gate.ReserveAsync(Bound(0, output: 80));

        gate.Controller.Use([soft]);
        await gate.BookAsync(inFlight, Bound(0, output: 10));
        await RenewAsync(gate);
        gate.Controller.Use([hard]);

        await gate.ReserveAsync(Bound(0, output: 90));
        await gate.RefusedAsync(Bound(0, output: 1));
    }

    [Theory]
    [InlineData("daily_tokens=100")]
    [InlineData("hourly_rolling_tokens=100")]
    [InlineData("tokens_per_bucket_hour=100")]
    [InlineData("total_tokens=100")]
    public async Task Calls_in_each_mode_are_charged_in_that_mode(string text)
    {
        var (hard, soft) = Parse(text);
        await using var gate = await GateAsync(hard);
        await CallAsync(gate, reserved: 20, used: 10);
        gate.Controller.Use([soft]);
        await CallAsync(gate, reserved: 20, used: 10);
        await RenewAsync(gate);
        gate.Controller.Use([hard]);
        await CallAsync(gate, reserved: 20, used: 10);
        await RenewAsync(gate);

        (await UsedAsync(gate.Ledger, hard)).ShouldBe(30);
        await gate.ReserveAsync(Bound(0, output: 70));
        await gate.RefusedAsync(Bound(0, output: 1));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_status_counts_a_reservation_once_after_the_mode_has_changed(bool becomesHard)
    {
        var (hard, soft) = Parse("daily_tokens=100");
        await using var gate = await GateAsync(becomesHard ? soft : hard);
        await gate.ReserveAsync(Bound(0, output: 20));

        gate.Controller.Use([becomesHard ? hard : soft]);
        await RenewAsync(gate);

        var account = (await gate.ReserveAsync(Bound(0, output: 0))).Holds[0].Account;
        (account.CommittedAt(UnixMicros.FromTime(Time.GetUtcNow())) - account.Lease.Free).ShouldBe(20);
    }

    private static (Limit Hard, Limit Soft) Parse(string text)
    {
        var hard = LimitText.Parse(text).ToLimit(LimitScope.Global) with { Mode = LimitMode.Hard };
        return (hard, hard with { Mode = LimitMode.Soft });
    }

    private static async Task CallAsync(Gate gate, long reserved, long used) =>
        await gate.BookAsync(await gate.ReserveAsync(Bound(0, output: reserved)), Bound(0, output: used));

    private static async Task RenewAsync(Gate gate)
    {
        for (var round = 0; round < 2; round++)
            await gate.Controller.RenewAsync();
    }
}
