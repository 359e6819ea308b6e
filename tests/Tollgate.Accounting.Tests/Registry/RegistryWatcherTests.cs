using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Tests.Ledger;

namespace Tollgate.Accounting.Tests.Registry;

public sealed class RegistryWatcherTests : LedgerFixture
{
    [Fact]
    public async Task Disposing_twice_is_harmless()
    {
        var watcher = await RegistryWatcher.StartAsync(Options);

        await watcher.DisposeAsync();

        await Should.NotThrowAsync(async () => await watcher.DisposeAsync());
    }
}
