using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Limits.Admission;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Windows;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Tests.Limits;

/// <summary>Values that a caller invents must not fill the store with counters.</summary>
public sealed class ValueBoundTests : AdmissionFixture
{
    private const int Most = 3;

    private static readonly Limit EachUser = CreateLimit(
        LimitMetric.Requests,
        100,
        new CalendarWindow(CalendarUnit.Day),
        LimitScope.Create(new ScopeTerm(LimitDimension.User, null)),
        "each"
    );

    [Fact]
    public async Task A_hard_limit_refuses_a_new_value_beyond_the_bound_until_its_window_ends()
    {
        await using var ledger = await OpenAsync();
        await using var gate = GateOf(ledger, EachUser);
        for (var user = 0; user < Most; user++)
            (await AskAsync(gate, $"user-{user}")).IsAdmitted.ShouldBeTrue();

        var refusal = (await AskAsync(gate, "invented")).Refusal.ShouldNotBeNull();
        refusal.Kind.ShouldBe(RefusalKind.TooManyValues);
        refusal.Message.ShouldBe(
            "Rate limit exceeded: each of 'invented': the limit counts each value separately, and the maximum of 3 "
                + "values is reached. "
                + "Use an existing value, bind the key to its user, or increase limits.max_values."
        );
        refusal.RetryAfter.ShouldBe(TimeSpan.FromHours(12));
        (await AskAsync(gate, "user-0")).IsAdmitted.ShouldBeTrue("it is counted already");
        (await AskAsync(gate, "bound", isBound: true)).IsAdmitted.ShouldBeTrue("its key says so, not its caller");
        (await gate.ReserveAsync(Ann, Bound(0))).IsAdmitted.ShouldBeTrue(
            "a program that names its users itself is its own matter"
        );

        Time.Advance(TimeSpan.FromHours(12));
        (await AskAsync(gate, "invented")).IsAdmitted.ShouldBeTrue();
    }

    [Theory]
    [InlineData(LimitMode.Soft)]
    [InlineData(LimitMode.Shadow)]
    public async Task A_shadow_limit_counts_all_values_beyond_the_bound_together(LimitMode mode)
    {
        var limit = EachUser with { Mode = mode };
        await using var ledger = await OpenAsync();
        await using var gate = GateOf(ledger, limit);
        for (var user = 0; user < 10; user++)
            await ledger.AppendAsync(
                Record() with
                {
                    Usage = Bound(0).Usage,
                },
                (await AskAsync(gate, $"user-{user}")).Reservation
            );

        (await ledger.Limits.ReadAsync([limit]))
            .Select(static count => (count.Target, (int)count.Used))
            .ShouldBe([("*", 7), ("user-0", 1), ("user-1", 1), ("user-2", 1)]);
    }

    [Fact]
    public async Task A_rolling_window_has_room_again_when_a_value_was_not_used_for_its_length()
    {
        await using var ledger = await OpenAsync();
        await using var gate = GateOf(ledger, EachUser with { Window = new RollingWindow(TimeSpan.FromHours(1)) });
        for (var user = 0; user < Most; user++)
            await AskAsync(gate, $"user-{user}");
        Time.Advance(TimeSpan.FromMinutes(40));
        (await AskAsync(gate, "user-0")).IsAdmitted.ShouldBeTrue();
        (await AskAsync(gate, "invented")).IsAdmitted.ShouldBeFalse();

        Time.Advance(TimeSpan.FromMinutes(30));
        (await AskAsync(gate, "one")).IsAdmitted.ShouldBeTrue();
        (await AskAsync(gate, "two")).IsAdmitted.ShouldBeTrue();
        (await AskAsync(gate, "three")).IsAdmitted.ShouldBeFalse("user-0 is still in use");
    }

    public static TheoryData<LimitWindow> AllWindows =>
        [
            new CalendarWindow(CalendarUnit.Second),
            new CalendarWindow(CalendarUnit.Minute),
            new RollingWindow(TimeSpan.FromMinutes(1)),
            new BucketWindow(TimeSpan.FromMinutes(1)),
        ];

    [Theory, MemberData(nameof(AllWindows))]
    public async Task However_many_values_come_one_after_another_few_are_kept(LimitWindow window)
    {
        await using var ledger = await OpenAsync();
        await using var gate = GateOf(ledger, EachUser with { Window = window });
        for (var user = 0; user < 100; user++)
        {
            var passed = (await AskAsync(gate, $"user-{user}")).Reservation.ShouldNotBeNull();
            await ledger.AppendAsync(Record() with { Usage = Bound(0).Usage }, passed);
            Time.Advance(TimeSpan.FromMinutes(1));
            for (var round = 0; round < 2; round++)
                await gate.RenewAsync();
        }

        gate.AccountCount.ShouldBeLessThanOrEqualTo(Most + 1);
    }

    [Fact]
    public async Task A_flood_of_values_takes_nothing_from_those_that_are_in_use()
    {
        var limit = EachUser with { Amount = 5 };
        await using var ledger = await OpenAsync();
        await using var gate = GateOf(ledger, limit);
        foreach (var user in (string[])["ann", "bob"])
            for (var call = 0; call < 2; call++)
                await ledger.AppendAsync(
                    Record() with
                    {
                        Usage = Bound(0).Usage,
                    },
                    (await AskAsync(gate, user)).Reservation
                );

        var flood = await Task.WhenAll(
            Enumerable.Range(0, 1000).Select(index => Task.Run(async () => await AskAsync(gate, $"invented-{index}")))
        );

        flood.Count(static answer => answer.IsAdmitted).ShouldBe(Most - 2);
        gate.AccountCount.ShouldBe(Most);
        foreach (var user in (string[])["ann", "bob"])
        {
            for (var call = 0; call < 3; call++)
                (await AskAsync(gate, user)).IsAdmitted.ShouldBeTrue();
            (await AskAsync(gate, user)).Refusal!.Kind.ShouldBe(RefusalKind.Exhausted);
        }
    }

    [Fact]
    public async Task A_value_that_was_forgotten_and_comes_again_has_the_count_of_the_store()
    {
        var limit = EachUser with { Amount = 100, Window = new RollingWindow(TimeSpan.FromMinutes(1)) };
        await using var ledger = await OpenAsync();
        await using var gate = GateOf(ledger, limit);
        for (var turn = 0; turn < 3; turn++)
        {
            for (var call = 0; call < 100; call++)
                await ledger.AppendAsync(
                    Record() with
                    {
                        Usage = Bound(0).Usage,
                    },
                    (await AskAsync(gate, "ann")).Reservation.ShouldNotBeNull()
                );
            (await AskAsync(gate, "ann")).Refusal!.Kind.ShouldBe(RefusalKind.Exhausted);
            for (var minute = 0; minute < 3; minute++)
            {
                Time.Advance(TimeSpan.FromMinutes(1));
                await gate.RenewAsync();
            }

            gate.AccountCount.ShouldBe(0);
        }
    }

    private AdmissionController GateOf(UsageLedger ledger, Limit limit)
    {
        var controller = new AdmissionController(
            ledger.Limits,
            ledger.InstanceId,
            Time,
            new AdmissionOptions { MaxValues = Most }
        );
        controller.Use([limit]);
        return controller;
    }

    private static ValueTask<AdmissionResult> AskAsync(AdmissionController gate, string user, bool isBound = false) =>
        gate.ReserveAsync(
            new LimitSubject(new Attribution { User = user }, "openai", "gpt-4o")
            {
                IsCallerSupplied = true,
                IsUserBound = isBound,
            },
            Bound(0)
        );
}
