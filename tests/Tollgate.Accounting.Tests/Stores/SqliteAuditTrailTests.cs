using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Opening;
using Tollgate.Accounting.Testing;
using Tollgate.Testing;

namespace Tollgate.Accounting.Tests.Stores;

public sealed class SqliteAuditTrailTests : AuditTrailStoreCompliance
{
    private TemporaryFolder _folder = new();

    protected override Task CreateDatabaseAsync()
    {
        _folder = new TemporaryFolder();
        return Task.CompletedTask;
    }

    protected override IAuditTrailStore Open() => new LedgerOptions { DataFolder = _folder.Path }.OpenAuditTrail();

    protected override Task DropDatabaseAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }
}
