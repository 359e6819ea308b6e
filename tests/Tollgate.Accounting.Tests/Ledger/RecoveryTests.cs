using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Tests.Ledger;

public sealed class RecoveryTests : LedgerFixture
{
    [Fact]
    public async Task The_attempts_in_flight_of_a_dead_gateway_are_booked_at_their_upper_bound()
    {
        var attempt = Attempt();
        await using (var dead = await OpenAsync())
            await dead.BeginAttemptAsync(attempt);

        await using var next = await UsageLedger.OpenAsync(
            Options with
            {
                PriceRecovered = _ => (Money.Round(0.5m), "v1"),
            }
        );

        var booked = (await next.Query.TailAsync(9)).ShouldHaveSingleItem();
        (booked.Id, booked.Usage, booked.Attribution, booked.StartedAt).ShouldBe(
            (attempt.Id, attempt.UpperBound, attempt.Attribution, attempt.StartedAt)
        );
        (booked.UsageSource, booked.Outcome, booked.Cost, booked.CostSource).ShouldBe(
            (UsageSource.Estimated, CallOutcome.GatewayCrashed, Money.Round(0.5m), "v1")
        );
        (await next.Query.ListInFlightAttemptsAsync()).ShouldBeEmpty();
        GateFiles().ShouldBe([$"{next.InstanceId:D}.lock"]);
    }

    [Fact]
    public async Task The_attempts_in_flight_of_a_live_gateway_are_left_alone()
    {
        await using var living = await OpenAsync();
        await living.BeginAttemptAsync(Attempt());

        await using var other = await OpenAsync();

        (await other.RecoverAsync()).ShouldBe(0);
        (await other.Query.ListInFlightAttemptsAsync()).Count.ShouldBe(1);
        GateFiles().Count.ShouldBe(3, "a lock for each, and a journal for the one that has something open");
    }

    [Fact]
    public async Task Many_that_recover_at_once_book_each_attempt_once()
    {
        await using (var dead = await OpenAsync())
            for (var i = 0; i < 200; i++)
                await dead.BeginAttemptAsync(Attempt());

        var ledgers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(OpenAsync)));
        foreach (var ledger in ledgers)
            await ledger.RecoverAsync();

        var totals = await ledgers[0].Query.TotalsAsync(UsagePeriod.All);
        (totals.Calls, totals.Estimated, totals.Unpriced).ShouldBe((200, 200, 200));
        var health = await Task.WhenAll(ledgers.Select(ledger => ledger.ReadHealthAsync()));
        health.Sum(each => each.Booked).ShouldBe(200);
        foreach (var ledger in ledgers)
            await ledger.DisposeAsync();
        GateFiles().ShouldBeEmpty("a gate that leaves nothing open leaves no file");
    }

    [Fact]
    public async Task A_running_gateway_books_the_attempts_of_a_dead_one()
    {
        await using var running = await OpenAsync();
        await using (var dead = await OpenAsync())
            await dead.BeginAttemptAsync(Attempt());

        (await running.RecoverAsync()).ShouldBe(1);
        (await running.RecoverAsync()).ShouldBe(0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Attempts_in_a_folder_of_the_former_name_are_recorded(bool isMixed)
    {
        await using (var dead = await OpenAsync())
            await dead.BeginAttemptAsync(Attempt());
        System.IO.Directory.Move(Folder.File("gateways"), Folder.File("gates"));
        if (isMixed)
            System.IO.Directory.CreateDirectory(Folder.File("gateways"));

        await using var next = await OpenAsync();

        (await next.Query.TailAsync(9)).ShouldHaveSingleItem().Outcome.ShouldBe(CallOutcome.GatewayCrashed);
        GateFiles().ShouldBe([$"{next.InstanceId:D}.lock"]);
        System.IO.Directory.Exists(Folder.File("gates")).ShouldBeFalse();
    }

    private List<string?> GateFiles() =>
        [.. System.IO.Directory.EnumerateFiles(Folder.File("gateways")).Select(Path.GetFileName)];
}
