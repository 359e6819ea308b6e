using Microsoft.Data.Sqlite;
using Tollgate.Accounting.Alerts;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Sqlite;
using Tollgate.Accounting.Stores.Sqlite.Alerts;
using Tollgate.Accounting.Testing;
using Tollgate.Testing;

namespace Tollgate.Accounting.Tests.Stores;

public sealed class SqliteAlertTests : AlertStoreCompliance
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _time = new();

    protected override DateTimeOffset Now => _time.GetUtcNow();

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
        Execute(
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
        var options = new LedgerOptions { DataFolder = _folder.Path, TimeProvider = _time };
        await SqliteMigrations.ApplyAsync(options, TestContext.Current.CancellationToken);
        return new SqliteAlertStore(options);
    }

    protected override Task AdvanceAsync(TimeSpan time)
    {
        _time.Advance(time);
        return Task.CompletedTask;
    }

    protected override Task DropAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection(
            $"Data Source={Directory.GetFiles(_folder.Path, "*.db").Single()};Pooling=False"
        );
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
