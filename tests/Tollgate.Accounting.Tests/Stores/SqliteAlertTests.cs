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
}
