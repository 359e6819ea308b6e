using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Opening;
using Tollgate.Accounting.Testing;
using Tollgate.Testing;

namespace Tollgate.Accounting.Tests.Stores;

public sealed class SqliteSignInTests : SignInStoreCompliance
{
    private TemporaryFolder _folder = new();

    protected override Task CreateDatabaseAsync()
    {
        _folder = new TemporaryFolder();
        return Task.CompletedTask;
    }

    protected override ISignInStore Open() => new LedgerOptions { DataFolder = _folder.Path }.OpenSignIns();

    [Fact]
    public async Task Reports_a_file_that_cannot_be_opened_as_unavailable()
    {
        var store = new LedgerOptions { DataFolder = _folder.File("absent") }.OpenSignIns();

        var exception = await Should.ThrowAsync<LedgerUnavailableException>(() =>
            store.FindAsync(Guid.CreateVersion7())
        );

        exception.Message.ShouldContain("absent");
    }

    protected override Task DropDatabaseAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }
}
