using Tollgate.Accounting.InFlight;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Limits.Admission;
using Tollgate.Accounting.Limits.Leases;
using Tollgate.Accounting.PostgreSql.Ledger;
using Tollgate.Accounting.Stores;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Windows;
using Tollgate.Metering.Usage;
using Tollgate.Testing;

namespace Tollgate.Accounting.PostgreSql.Tests;

/// <summary>
/// What a gate that died held of shared limits is free again once all that it spent is counted, and not before.
/// </summary>
public sealed class DeadGatewayTests(ServerToStop server) : PostgreSqlTest(server), IClassFixture<ServerToStop>
{
    private static readonly Limit Budget = new()
    {
        Id = "budget",
        Name = "budget",
        Metric = LimitMetric.Cost,
        Window = TotalWindow.Instance,
        Amount = LimitAmount.FromUsd(10),
    };

    private readonly TemporaryFolder _folder = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_next_start_books_what_was_under_way_and_frees_the_rest()
    {
        await DieAsync();
        (await CountAsync()).Granted.ShouldBeGreaterThanOrEqualTo(
            LimitAmount.FromUsd(4),
            "nobody knows yet what became of it"
        );

        await using var next = await OpenAsync();

        await Eventually.BecomesTrueAsync(IsDeadGatewayGoneAsync);
        (await CountAsync()).Used.ShouldBe(LimitAmount.FromUsd(4), "its upper bound");
        GateFiles().ShouldBe([$"{next.InstanceId:D}.lock"]);
    }

    [Fact]
    public async Task A_start_that_dies_during_recovery_leaves_the_rest_to_another()
    {
        await DieAsync();
        await Server.StopAsync();
        await using (var between = await OpenAsync())
            (await between.ReadHealthAsync()).Backlog.ShouldBe(1);
        GateFiles().Count.ShouldBe(1, "of the dead one, so that it is not forgotten");
        await Server.StartAsync();

        await using var next = await OpenAsync();

        await Eventually.BecomesTrueAsync(IsDeadGatewayGoneAsync);
        (await CountAsync()).Used.ShouldBe(LimitAmount.FromUsd(4));
        GateFiles().ShouldBe([$"{next.InstanceId:D}.lock"]);
    }

    [Fact]
    public async Task A_gateway_that_stops_in_order_holds_no_lease()
    {
        await using (var ledger = await OpenAsync())
        {
            var controller = Controller(ledger);
            var reserved = await ReserveAsync(controller);
            await ledger.AppendAsync(Call() with { Cost = Money.Round(1) }, reserved);
            await controller.DisposeAsync();
        }

        (await Store.Limits.ListHoldersAsync()).ShouldBeEmpty();
        (await CountAsync()).ShouldSatisfyAllConditions(
            count => count.Used.ShouldBe(LimitAmount.FromUsd(1)),
            count => count.Granted.ShouldBe(0)
        );
        GateFiles().ShouldBeEmpty();
    }

    /// <summary>A gate with one call under way, of which nothing but its files is left.</summary>
    private async Task DieAsync()
    {
        var ledger = await OpenAsync();
        var reserved = await ReserveAsync(Controller(ledger));
        var call = Call();
        await ledger.BeginAttemptAsync(
            new InFlightAttempt
            {
                Id = call.Id,
                StartedAt = call.StartedAt,
                Provider = call.Provider,
                Model = call.Model,
                Operation = call.Operation,
                UpperCost = Money.Round(4),
                Charges = reserved.Charges,
            }
        );
        await ledger.DisposeAsync(); // The controller gives nothing back: a gate that dies does not either.
    }

    private Task<UsageLedger> OpenAsync() =>
        UsageLedger.OpenAsync(
            new LedgerOptions
            {
                DataFolder = _folder.Path,
                Store = new PostgreSqlLedgerStore(Server.ConnectionTo(Database)),
            }
        );

    private static AdmissionController Controller(UsageLedger ledger)
    {
        // Its timer never runs, so that what it holds stays as it is.
        var controller = new AdmissionController(ledger.Limits, ledger.InstanceId, new ManualTimeProvider());
        controller.Use([Budget]);
        return controller;
    }

    private static async Task<Reservation> ReserveAsync(AdmissionController controller) =>
        (
            await controller.ReserveAsync(
                new LimitSubject(Attribution.None, "openai", "gpt-4o"),
                new LimitDemand(default, Money.Round(4))
            )
        ).Reservation!;

    private static UsageRecord Call() => Record(TimeProvider.System.GetUtcNow());

    private async Task<LimitCount> CountAsync() => (await Store.Limits.ReadAsync([Budget]))[0];

    /// <summary>Its files are removed after its leases are free.</summary>
    private async Task<bool> IsDeadGatewayGoneAsync() => (await CountAsync()).Granted == 0 && GateFiles().Count == 1;

    private List<string?> GateFiles() =>
        [.. System.IO.Directory.EnumerateFiles(_folder.File("gateways")).Select(Path.GetFileName)];
}
