using Tollgate.Accounting.Limits.Admission;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Text;

namespace Tollgate.Accounting.Tests.Limits;

/// <summary>The time that a refusal names is true: who waits so long gets through, if nobody else comes.</summary>
public sealed class RetryAfterTests : AdmissionFixture
{
    public static TheoryData<string> Windows =>
        [
            "requests_per_second",
            "requests_per_minute",
            "requests_per_7_minutes",
            "requests_per_90_minutes",
            "hourly_requests",
            "requests_per_48_hours",
            "daily_requests",
            "weekly_requests",
            "monthly_requests",
            "quarterly_requests",
            "yearly_requests",
            "minutely_rolling_requests",
            "hourly_rolling_requests",
            "monthly_rolling_requests",
            "requests_per_bucket_minute",
            "requests_per_bucket_day",
        ];

    [Theory, MemberData(nameof(Windows))]
    [Trait("Needs", "Time")]
    public async Task A_client_that_waits_for_the_retry_time_gets_through(string name)
    {
        var limit = Named($"{name}=10");
        await using var gate = await GateAsync(limit);
        for (var call = 0; call < 10; call++)
            await SpendAsync(gate);

        var refusal = await gate.RefusedAsync(Bound(0));
        var wait = refusal.RetryAfter.ShouldNotBeNull();
        wait.ShouldBeGreaterThan(TimeSpan.Zero);

        Time.Advance(wait - TimeSpan.FromMicroseconds(1));
        (await gate.RefusedAsync(Bound(0))).RetryAfter.ShouldBe(
            TimeSpan.FromMicroseconds(1),
            "a microsecond before it is too early"
        );
        Time.Advance(TimeSpan.FromMicroseconds(1));
        await SpendAsync(gate);
    }

    [Theory]
    [InlineData("minutely_rolling_requests")]
    [InlineData("requests_per_bucket_minute")]
    public async Task Usage_spent_bit_by_bit_comes_back_bit_by_bit(string name)
    {
        await using var gate = await GateAsync(Named($"{name}=10"));
        for (var call = 0; call < 10; call++)
        {
            await SpendAsync(gate);
            Time.Advance(TimeSpan.FromSeconds(1));
        }

        for (var call = 0; call < 30; call++)
        {
            if ((await gate.Controller.ReserveAsync(Ann, Bound(0))).Reservation is { } passed)
            {
                await gate.BookAsync(passed, Bound(0));
                continue;
            }

            Time.Advance((await gate.RefusedAsync(Bound(0))).RetryAfter!.Value);
            await SpendAsync(gate);
        }
    }

    [Fact]
    public async Task Of_several_limits_the_longest_wait_is_named()
    {
        await using var gate = await GateAsync(Named("requests_per_minute=1"), Named("hourly_requests=1"));
        await SpendAsync(gate);

        var refusal = await gate.RefusedAsync(Bound(0));
        refusal.Limit.Name.ShouldBe("requests_per_hour");
        Time.Advance(refusal.RetryAfter!.Value);
        await SpendAsync(gate);
    }

    [Fact]
    public async Task A_total_names_no_time()
    {
        await using var gate = await GateAsync(Named("total_requests=1"));
        await SpendAsync(gate);
        (await gate.RefusedAsync(Bound(0))).RetryAfter.ShouldBeNull();
    }

    [Theory]
    [InlineData("daily_output_tokens=10")]
    [InlineData("daily_rolling_output_tokens=10")]
    [InlineData("output_tokens_per_bucket_day=10")]
    public async Task A_raise_counts_as_long_as_it_holds_and_not_after_its_end(string text)
    {
        // Until 13:00; it is noon, and both windows go on for longer.
        var limit = Named(text) with
        {
            TemporaryIncrease = new TemporaryIncrease(20, Time.GetUtcNow().AddHours(1)),
        };
        await using var gate = await GateAsync(limit);
        await SpendAsync(gate, 20);

        (await gate.RefusedAsync(Bound(0, output: 15))).RetryAfter.ShouldBeNull(
            "by then more than 10 can never fit again"
        );
        var refusal = await gate.RefusedAsync(Bound(0, output: 5));
        refusal.Allowed.ShouldBe(20);
        refusal.Message.ShouldEndWith($" Try again in {Math.Ceiling(refusal.RetryAfter!.Value.TotalSeconds):0} s.");
        Time.Advance(refusal.RetryAfter!.Value);
        await SpendAsync(gate, 5);
        (await gate.RefusedAsync(Bound(0, output: 11))).Kind.ShouldBe(RefusalKind.ExceedsLimit);
    }

    [Fact]
    public async Task A_gateway_with_leases_sees_the_end_of_a_temporary_increase()
    {
        var limit = Named("daily_requests=10") with
        {
            TemporaryIncrease = new TemporaryIncrease(20, Time.GetUtcNow().AddHours(1)),
        };
        await using var gate = await GateAsync(limit);
        for (var call = 0; call < 12; call++)
            await SpendAsync(gate);
        var last = await gate.ReserveAsync(Bound(0));

        Time.Advance(TimeSpan.FromHours(1));
        var refusal = await gate.RefusedAsync(Bound(0));
        (refusal.Kind, refusal.Allowed).ShouldBe((RefusalKind.Exhausted, 10));
        await gate.BookAsync(last, Bound(0));
        Time.Advance(refusal.RetryAfter!.Value);
        for (var call = 0; call < 10; call++)
            await SpendAsync(gate);
        (await gate.RefusedAsync(Bound(0))).Kind.ShouldBe(RefusalKind.Exhausted);
    }

    private static Limit Named(string text) => LimitText.Parse(text).ToLimit(LimitScope.Global);

    private static async Task SpendAsync(Gate gate, long output = 0) =>
        await gate.BookAsync(await gate.ReserveAsync(Bound(0, output: output)), Bound(0, output: output));
}
