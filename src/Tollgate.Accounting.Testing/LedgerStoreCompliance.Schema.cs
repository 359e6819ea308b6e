using Xunit;

namespace Tollgate.Accounting.Testing;

public abstract partial class LedgerStoreCompliance
{
    /// <summary>Rule of <c>MigrateAsync</c>.</summary>
    [Fact]
    public async Task Migrating_twice_is_harmless()
    {
        var record = SampleRecords.Full();
        await Store.AppendAsync([record]);
        Assert.True((await Store.MigrateAsync()).IsCurrent);
        Assert.True((await Store.SchemaAsync()).IsCurrent);
        Assert.Equal(record, Assert.Single(await Store.FindAsync(record.Id.Call)));
    }

    /// <summary>Rule of <c>MigrateAsync</c>.</summary>
    [Fact]
    public async Task Several_that_migrate_at_once_all_succeed()
    {
        await DropDatabaseAsync();
        await CreateDatabaseAsync();
        var stores = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => OpenAsync()));
        var schemas = await Task.WhenAll(stores.Select(store => Task.Run(() => store.MigrateAsync())));
        Assert.All(schemas, schema => Assert.True(schema.IsCurrent));
        foreach (var store in stores)
            await store.DisposeAsync();
    }
}
