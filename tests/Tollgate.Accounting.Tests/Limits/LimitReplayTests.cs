using Tollgate.Accounting.Limits.Replay;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Windows;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Tests.Limits;

/// <summary>A replay refuses exactly the calls that the limit itself refuses.</summary>
public sealed class LimitReplayTests : AdmissionFixture
{
    private static readonly LimitWindow[] Windows =
    [
        new CalendarWindow(CalendarUnit.Minute, 7),
        new CalendarWindow(CalendarUnit.Day, zone: TimeZoneInfo.FindSystemTimeZoneById("Australia/Lord_Howe")),
        new RollingWindow(TimeSpan.FromMinutes(10)),
        new BucketWindow(TimeSpan.FromMinutes(20)),
        new BucketWindow(TimeSpan.FromMinutes(5), LimitAmount.FromUsd(0.3m)),
        TotalWindow.Instance,
    ];

    public static TheoryData<int> WindowIndexes => [.. Enumerable.Range(0, Windows.Length)];

    [Theory]
    [MemberData(nameof(WindowIndexes))]
    public async Task Refuses_the_calls_that_the_limit_refuses(int index)
    {
        var limit = Budget(1, Windows[index]) with
        {
            Scope = LimitScope.Create(new ScopeTerm(LimitDimension.User, null)),
        };
        await using var gateway = await GateAsync(limit);
        var (replay, random) = (new LimitReplay(limit), new Random(index));
        var refused = 0;

        for (var call = 0; call < 300; call++)
        {
            Time.Advance(TimeSpan.FromSeconds(random.Next(0, index == 1 ? 3600 : 40)));
            var used = Bound(random.Next(1, 200_000) / 1_000_000m);
            var subject = Ann with
            {
                Attribution = Ann.Attribution with { User = random.Next(2) == 0 ? "ann" : "bob" },
            };
            var record = Record() with
            {
                Id = new CallId(Guid.CreateVersion7(), 1),
                StartedAt = Time.GetUtcNow(),
                Attribution = subject.Attribution,
                Usage = used.Usage,
                Cost = used.Cost,
            };
            var real = await gateway.Controller.ReserveAsync(subject, used);
            if (real.Reservation is { } reservation)
                await gateway.Ledger.AppendAsync(record, reservation);

            var outcome = replay.Add(record, team: null, organization: null);

            outcome.ShouldBe(
                real.Refusal is null ? ReplayOutcome.Admitted : ReplayOutcome.Refused,
                $"call {call}: {real.Refusal?.Message}"
            );
            refused += real.Refusal is null ? 0 : 1;
        }

        refused.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Counts_calls_that_run_at_the_same_time()
    {
        var replay = new LimitReplay(CreateLimit(LimitMetric.ConcurrentRequests, 2, InstantWindow.Instance));
        ReplayOutcome Add(int startS, int seconds) =>
            replay.Add(
                Record() with
                {
                    Id = new CallId(Guid.CreateVersion7(), 1),
                    StartedAt = DateTimeOffset.UnixEpoch.AddSeconds(startS),
                    Duration = TimeSpan.FromSeconds(seconds),
                },
                team: null,
                organization: null
            );

        Add(0, 10).ShouldBe(ReplayOutcome.Admitted);
        Add(1, 4).ShouldBe(ReplayOutcome.Admitted);
        Add(2, 10).ShouldBe(ReplayOutcome.Refused);
        Add(5, 1).ShouldBe(ReplayOutcome.Admitted);
    }

    [Fact]
    public void Applies_to_the_keys_of_a_team_only()
    {
        var scope = LimitScope.Create(new ScopeTerm(LimitDimension.Team, "platform"));
        var replay = new LimitReplay(CreateLimit(LimitMetric.Requests, 0, TotalWindow.Instance, scope));

        replay.Add(Record(), team: "search", organization: null).ShouldBe(ReplayOutcome.NotConcerned);
        replay.Add(Record(), team: "platform", organization: null).ShouldBe(ReplayOutcome.Refused);
    }
}
