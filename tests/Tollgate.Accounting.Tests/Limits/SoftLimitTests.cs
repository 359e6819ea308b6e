using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Text;
using Tollgate.Metering.Limits.Windows;

namespace Tollgate.Accounting.Tests.Limits;

/// <summary>
/// A soft limit marks what is beyond it, in each kind of window, and lets it pass; several gates count together.
/// </summary>
public sealed class SoftLimitTests : AdmissionFixture
{
    [Theory]
    [InlineData("daily_requests=3")]
    [InlineData("hourly_rolling_requests=3")]
    [InlineData("requests_per_bucket_hour=3")]
    [InlineData("total_requests=3")]
    public async Task Calls_beyond_it_are_marked_at_any_gateway(string text)
    {
        var limit = LimitText.Parse(text).ToLimit(LimitScope.Global) with { Mode = LimitMode.Soft };
        await using var one = await GateAsync(limit);
        await using var other = await GateAsync(limit);

        for (var call = 0; call < 3; call++)
            (await CallAsync(call % 2 == 0 ? one : other)).ShouldBeNull();
        await RenewAsync(one, other);
        (await CallAsync(one)).ShouldBe(limit.Name);
        (await CallAsync(other)).ShouldBe(limit.Name);

        for (var minute = 0; minute < 5; minute++)
        {
            Time.Advance(TimeSpan.FromMinutes(1));
            await RenewAsync(one, other);
        }

        (await CallAsync(one)).ShouldBe(limit.Name, "also of one who calls only now and then");
        (await UsedAsync(one.Ledger, limit)).ShouldBeGreaterThanOrEqualTo(5);
    }

    [Fact]
    public async Task A_bucket_that_only_counts_is_filled_again()
    {
        var limit = LimitText
            .Parse("requests_per_bucket_minute=2", new WindowOptions(Burst: 4))
            .ToLimit(LimitScope.Global) with
        {
            Mode = LimitMode.Soft,
        };
        await using var gate = await GateAsync(limit);
        for (var call = 0; call < 4; call++)
            (await CallAsync(gate)).ShouldBeNull("it holds four");
        (await CallAsync(gate)).ShouldBe(limit.Name);
        await RenewAsync(gate);

        Time.Advance(TimeSpan.FromMinutes(1));
        (await CallAsync(gate)).ShouldBeNull();
        (await CallAsync(gate)).ShouldBe(limit.Name, "two have flowed back, of which one was owed");
    }

    [Fact]
    public async Task A_raise_counts_for_a_soft_limit_too()
    {
        var limit = CreateLimit(LimitMetric.Requests, 1, new CalendarWindow(CalendarUnit.Day)) with
        {
            Mode = LimitMode.Soft,
            TemporaryIncrease = new TemporaryIncrease(2, Time.GetUtcNow().AddHours(1)),
        };
        await using var gate = await GateAsync(limit);
        (await CallAsync(gate)).ShouldBeNull();
        await RenewAsync(gate);
        (await CallAsync(gate)).ShouldBeNull();
        await RenewAsync(gate);
        (await CallAsync(gate)).ShouldBe(limit.Name);
    }

    private static async Task<string?> CallAsync(Gate gate)
    {
        var passed = await gate.ReserveAsync(Bound(0));
        await gate.BookAsync(passed, Bound(0));
        return passed.PassedLimit?.Name;
    }

    /// <summary>Twice: an exchange that was under way may not have heard of the last call.</summary>
    private static async Task RenewAsync(params Gate[] gates)
    {
        for (var round = 0; round < 2; round++)
            foreach (var gate in gates)
                await gate.Controller.RenewAsync();
    }
}
