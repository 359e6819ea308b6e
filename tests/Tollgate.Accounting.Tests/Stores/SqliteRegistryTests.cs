using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Opening;
using Tollgate.Accounting.Testing;
using Tollgate.Testing;

namespace Tollgate.Accounting.Tests.Stores;

public sealed class SqliteRegistryTests : RegistryStoreCompliance
{
    private TemporaryFolder _folder = new();

    protected override Task CreateDatabaseAsync()
    {
        _folder = new TemporaryFolder();
        return Task.CompletedTask;
    }

    protected override IRegistryStore Open() => new LedgerOptions { DataFolder = _folder.Path }.OpenRegistry();

    protected override Task DropDatabaseAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }
}
