using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Sqlite.Alerts;
using Tollgate.Accounting.Stores.Sqlite.Ledger;
using Tollgate.Accounting.Stores.Sqlite.Limits;
using Tollgate.Accounting.Testing;
using Tollgate.Testing;

namespace Tollgate.Accounting.Tests.Stores;

public sealed class SqliteLimitTests : LimitStoreCompliance
{
    private readonly List<SqliteLedgerStore> _opened = [];
    private TemporaryFolder _folder = new();

    protected override Task CreateDatabaseAsync()
    {
        _folder = new TemporaryFolder();
        return Task.CompletedTask;
    }

    protected override async Task<LimitedStore> OpenAsync()
    {
        var options = new LedgerOptions { DataFolder = _folder.Path };
        var store = new SqliteLedgerStore(options);
        _opened.Add(store);
        await store.MigrateAsync();
        return new LimitedStore(
            new SqliteLimitStore(store, options),
            new SqliteAlertStore(options),
            batch =>
                Task.WhenAll(
                    batch.Select(booked => store.Writer.AppendAsync(booked.Record, booked.Charges, null).AsTask())
                )
        );
    }

    protected override async Task DropDatabaseAsync()
    {
        foreach (var store in _opened)
            await store.DisposeAsync();
        _folder.Dispose();
    }
}
