using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Tests.Ledger;

public sealed class UsageLedgerTests : LedgerFixture
{
    /// <summary>
    /// SQLite writes no dates after the year 9999, to which a later time might be rounded, and records are found by
    /// their dates.
    /// </summary>
    [Fact]
    public async Task A_time_that_has_no_date_is_refused()
    {
        await using var ledger = await OpenAsync();

        var refusal = await Should.ThrowAsync<ArgumentException>(async () =>
            await ledger.AppendAsync(Record() with { StartedAt = DateTimeOffset.MaxValue })
        );

        refusal.Message.ShouldContain("StartedAt must be before 9999-12-31T23:59:59.999");
        (await ledger.Query.TotalsAsync(UsagePeriod.All)).Calls.ShouldBe(0);
    }

    [Fact]
    public async Task A_record_comes_back_with_every_field()
    {
        await using var ledger = await OpenAsync();
        var everyKind = default(TokenUsage);
        for (var kind = 0; kind < TokenUsage.KindCount; kind++)
            everyKind[(UsageKind)kind] = 1000 + kind;
        var record = Record() with
        {
            TimeToFirstToken = TimeSpan.FromMilliseconds(90),
            ModelGroup = "smart",
            ResponseModel = "gpt-4o-2024-08-06",
            Deployment = "eu-1",
            Streamed = true,
            ServiceTier = ServiceTier.Flex,
            Attribution = new Attribution
            {
                KeyId = "k",
                User = "Ünïcödé 名前 🙂",
                Project = "p",
                Session = "s",
                Application = "a",
                EndUser = "e",
                Tags = "x,y",
            },
            Usage = everyKind,
            UsageSource = UsageSource.Estimated,
            Outcome = CallOutcome.UpstreamCut,
            ErrorType = "api_error",
            ResponseId = new string('r', 256),
            Corrects = new CallId(NewId().Call, 2),
        };

        await ledger.AppendAsync(record);

        (await ledger.Query.TailAsync(10)).ShouldHaveSingleItem().ShouldBe(record);
        (await ledger.Query.FindAsync(record.Id.Call)).ShouldHaveSingleItem().ShouldBe(record);
    }

    [Fact]
    public async Task Only_a_correction_takes_tokens_back()
    {
        await using var ledger = await OpenAsync();
        var call = Record();
        var usage = default(TokenUsage);
        usage.Adjust(UsageKind.InputText, -5);
        usage.Adjust(UsageKind.OutputText, 5);
        usage.IsZero.ShouldBeFalse("what cancels out in a sum is still there");
        var correction = Record() with { Usage = usage, Corrects = call.Id };

        (
            await Should.ThrowAsync<ArgumentException>(async () =>
                await ledger.AppendAsync(Record() with { Usage = usage })
            )
        ).Message.ShouldContain("Usage must not be negative, except in a correction");
        await ledger.AppendAsync(correction);

        (await ledger.Query.FindAsync(correction.Id.Call)).ShouldHaveSingleItem().ShouldBe(correction);
        Should.Throw<ArgumentOutOfRangeException>(() => new TokenUsage { [UsageKind.InputText] = -1 });
    }

    [Fact]
    public async Task The_same_identity_twice_is_one_record()
    {
        await using var ledger = await OpenAsync();
        var record = Record();

        await ledger.AppendAsync(record);
        await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => ledger.AppendAsync(record with { Cost = Money.Round(9m) }).AsTask())
        );

        var totals = await ledger.Query.TotalsAsync(UsagePeriod.All);
        (totals.Calls, totals.Cost).ShouldBe((1, record.Cost!.Value));
        (await ledger.ReadHealthAsync()).Booked.ShouldBe(1);
    }

    [Fact]
    public async Task Attempts_of_one_call_are_records_of_their_own()
    {
        await using var ledger = await OpenAsync();
        var call = NewId().Call;

        await ledger.AppendAsync(Record(new CallId(call, 2)));
        await ledger.AppendAsync(Record(new CallId(call, 1)) with { Outcome = CallOutcome.ConnectFailed });

        (await ledger.Query.FindAsync(call)).Select(record => record.Id.Attempt).ShouldBe([1, 2]);
        (await ledger.Query.TotalsAsync(UsagePeriod.All)).Errors.ShouldBe(1);
    }

    [Fact]
    public async Task An_opened_attempt_is_under_way_until_it_is_booked()
    {
        await using var ledger = await OpenAsync();
        var attempt = Attempt();

        await ledger.BeginAttemptAsync(attempt);
        (await ledger.Query.ListInFlightAttemptsAsync()).ShouldHaveSingleItem().ShouldBe(attempt);

        await ledger.AppendAsync(Record(attempt.Id));
        (await ledger.Query.ListInFlightAttemptsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Concurrent_callers_lose_and_double_nothing()
    {
        await using var ledger = await OpenAsync();

        await Task.WhenAll(
            Enumerable
                .Range(0, 64)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        for (var i = 0; i < 50; i++)
                        {
                            var attempt = Attempt();
                            await ledger.BeginAttemptAsync(attempt);
                            await ledger.AppendAsync(Record(attempt.Id));
                        }
                    })
                )
        );

        (await ledger.Query.TotalsAsync(UsagePeriod.All)).Calls.ShouldBe(64 * 50);
        (await ledger.Query.ListInFlightAttemptsAsync()).ShouldBeEmpty();
        (await ledger.ReadHealthAsync()).QueueLength.ShouldBe(0);
        (await ledger.ReadHealthAsync()).Commits.ShouldBeLessThan(64 * 50, "callers share flushes");
    }

    [Fact]
    public async Task Tail_gives_what_started_last_whenever_it_was_booked()
    {
        await using var ledger = await OpenAsync();
        var late = Record() with { Model = "late" };
        var early = Record() with { Model = "early", StartedAt = Time.GetUtcNow().AddDays(-400) };

        await ledger.AppendAsync(late);
        await ledger.AppendAsync(early);

        (await ledger.Query.TailAsync(1)).ShouldHaveSingleItem().ShouldBe(late);
        (await ledger.Query.TailAsync(9)).Select(record => record.Model).ShouldBe(["late", "early"]);
    }

    [Fact]
    public async Task A_record_that_cannot_be_booked_is_refused_by_field_and_harms_no_other()
    {
        await using var ledger = await OpenAsync();
        var good = Record();

        (
            await Should.ThrowAsync<ArgumentException>(async () =>
                await ledger.AppendAsync(Record() with { Model = " " })
            )
        ).Message.ShouldContain("Model");
        (
            await Should.ThrowAsync<ArgumentException>(async () =>
                await ledger.AppendAsync(Record() with { Cost = Money.Round(10_000_000m) })
            )
        ).Message.ShouldContain("Cost");
        (
            await Should.ThrowAsync<ArgumentException>(async () =>
                await ledger.AppendAsync(Record() with { Duration = TimeSpan.FromSeconds(-1) })
            )
        ).Message.ShouldContain("Duration");
        await ledger.AppendAsync(good);

        (await ledger.Query.TailAsync(9)).ShouldHaveSingleItem().ShouldBe(good);
    }

    [Fact]
    public async Task A_closed_ledger_wrote_what_was_queued_and_takes_no_more()
    {
        var ledger = await OpenAsync();
        var queued = Enumerable.Range(0, 300).Select(_ => ledger.AppendAsync(Record()).AsTask()).ToList();

        await ledger.DisposeAsync();
        await Task.WhenAll(queued);

        await Should.ThrowAsync<ObjectDisposedException>(async () => await ledger.AppendAsync(Record()));
        (await UsageLedger.OpenReadOnly(Options).TotalsAsync(UsagePeriod.All)).Calls.ShouldBe(300);
    }
}
