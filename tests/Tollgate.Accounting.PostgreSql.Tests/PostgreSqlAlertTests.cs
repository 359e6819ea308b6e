using System.Globalization;
using Tollgate.Accounting.Alerts;
using Tollgate.Accounting.PostgreSql.Ledger;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Testing;

namespace Tollgate.Accounting.PostgreSql.Tests;

public sealed class PostgreSqlAlertTests(PostgreSqlServer server) : AlertStoreCompliance
{
    private string _database = "";
    private PostgreSqlLedgerStore? _store;

    /// <summary>The server's clock is this machine's; alerts hold whole microseconds.</summary>
    protected override DateTimeOffset Now { get; } =
        new(TimeProvider.System.GetUtcNow().Ticks / 10 * 10, TimeSpan.Zero);

    [Fact]
    public async Task Reads_the_former_names_of_kinds_and_states()
    {
        var store = await OpenAsync();
        var alert = new Alert
        {
            Id = Guid.CreateVersion7(Now),
            Key = "a",
            Kind = AlertKind.LimitExhausted,
            Subject = "budget",
            Text = "A test.",
            CreatedAt = Now,
        };
        await store.AddAsync(alert);
        await store.RouteAsync(static _ => [new("webhook:a")]);
        await server.ExecuteAsync(
            _database,
            "UPDATE alerts SET kind = 'LimitSpent'; UPDATE alert_deliveries SET state = 'given_up'"
        );

        var stored = (await store.ListAsync(10)).ShouldHaveSingleItem();
        stored.Alert.Kind.ShouldBe(AlertKind.LimitExhausted);
        stored.Deliveries.ShouldHaveSingleItem().State.ShouldBe(DeliveryState.Abandoned);
        (await store.CountAsync()).Abandoned.ShouldBe(1);
        (await store.RetryAsync(alert.Id)).ShouldBe(1);
    }

    protected override async Task<IAlertStore> OpenAsync()
    {
        _database = await server.CreateDatabaseAsync();
        _store = new PostgreSqlLedgerStore(server.ConnectionTo(_database));
        return _store.Alerts;
    }

    /// <summary>The server's clock cannot be moved: what it has written becomes older.</summary>
    protected override Task AdvanceAsync(TimeSpan time)
    {
        var by = string.Create(CultureInfo.InvariantCulture, $"interval '{time.TotalSeconds} seconds'");
        return server.ExecuteAsync(
            _database,
            $"UPDATE alerts SET created_at = created_at - {by}; UPDATE alert_deliveries SET next_at = next_at - {by}, "
                + $"lease_end = lease_end - {by}"
        );
    }

    protected override async Task DropAsync() => await _store!.DisposeAsync();
}
