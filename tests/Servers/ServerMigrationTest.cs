using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Usage;
using Tollgate.Testing;

namespace Tollgate.Accounting.Servers;

/// <summary>How a store's schema is made and brought up to date.</summary>
public abstract class ServerMigrationTest<TServer, TStore>(TServer server, Func<string, TStore> open)
    : ServerStoreTest<TServer, TStore>(server, open)
    where TServer : IDatabaseServer
    where TStore : ISqlLedgerStore
{
    /// <summary>The newest schema.</summary>
    protected abstract int Known { get; }

    /// <summary>The schema that first kept sums by day.</summary>
    protected abstract int FirstWithDays { get; }

    /// <summary>As a version of the program did that knew only the first migrations.</summary>
    protected abstract Task<SchemaVersion> MigrateAsync(TStore store, int upTo);

    /// <summary>Records two calls on a day and one on the next, in a schema without rollups by blocks.</summary>
    protected virtual Task BookWithoutBlocksAsync(TStore store, string database) =>
        store.AppendAsync([Record(Noon), Record(Noon.AddHours(1)), Record(Noon.AddDays(1))]);

    [Fact]
    public async Task Every_older_schema_is_brought_up_to_date()
    {
        for (var version = 0; version < Known; version++)
        {
            var database = await Server.CreateDatabaseAsync();
            await using var store = OpenAt(database);
            (await MigrateAsync(store, version)).Current.ShouldBe(version);
            (await store.SchemaAsync()).IsCurrent.ShouldBeFalse();

            (await store.MigrateAsync()).Current.ShouldBe(Known);

            (await store.AppendAsync([Record(Noon)])).ShouldBe(1);
        }
    }

    [Fact]
    public async Task Records_older_than_the_daily_sums_are_in_them()
    {
        var database = await Server.CreateDatabaseAsync();
        await using var store = OpenAt(database);
        await MigrateAsync(store, FirstWithDays);
        await BookWithoutBlocksAsync(store, database);
        await Server.ExecuteAsync(database, "DROP TABLE usage_days");
        await Server.ExecuteAsync(database, $"DELETE FROM tollgate_schema WHERE version = {FirstWithDays}");

        (await store.MigrateAsync()).IsCurrent.ShouldBeTrue();

        (await Server.ScalarAsync(database, "SELECT count(*) FROM usage_days")).ShouldBe(2L);
        var midnight = new DateTimeOffset(Noon.Date, TimeSpan.Zero);
        var byUser = await store.SumAsync(
            new UsageSumQuery { Period = new(midnight, midnight.AddDays(2)), By = [UsageDimension.User] }
        );
        byUser.ShouldHaveSingleItem().Totals.Calls.ShouldBe(3);
    }

    [Fact]
    public async Task A_newer_schema_is_refused_and_untouched()
    {
        var newer = Known + 1;
        await ExecuteAsync($"INSERT INTO tollgate_schema (version) VALUES ({newer})");
        await ExecuteAsync("DROP VIEW accounting_entries");
        await using var store = Open();

        (await Should.ThrowAsync<LedgerSchemaException>(() => store.MigrateAsync())).Message.ShouldContain(
            $"has schema {newer}"
        );

        (await store.SchemaAsync()).Current.ShouldBe(newer);
        (
            await ScalarAsync(
                $"SELECT count(*) FROM information_schema.views WHERE table_schema IN ('public', '{Database}')"
            )
        ).ShouldBe(0L);
    }

    [Fact]
    public async Task A_database_without_a_ledger_is_reported()
    {
        await using var store = OpenAt(await Server.CreateDatabaseAsync());

        (await Should.ThrowAsync<LedgerSchemaException>(() => store.AppendAsync([Record(Noon)]))).Message.ShouldContain(
            "Start the gateway once"
        );
        (await store.SchemaAsync()).Current.ShouldBe(0);
    }
}
