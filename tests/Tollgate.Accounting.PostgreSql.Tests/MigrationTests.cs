using Tollgate.Accounting.PostgreSql.Connections;
using Tollgate.Accounting.PostgreSql.Ledger;
using Tollgate.Accounting.Servers;
using Tollgate.Accounting.Stores;

namespace Tollgate.Accounting.PostgreSql.Tests;

public sealed class MigrationTests(PostgreSqlServer server)
    : ServerMigrationTest<PostgreSqlServer, PostgreSqlLedgerStore>(
        server,
        static connection => new PostgreSqlLedgerStore(connection)
    )
{
    protected override int Known => PostgreSqlMigrations.KnownVersion;

    protected override int FirstWithDays => 4;

    protected override Task<SchemaVersion> MigrateAsync(PostgreSqlLedgerStore store, int upTo) =>
        store.MigrateAsync(upTo, default);

    /// <summary>This version of the program writes blocks with late records, so the rollup is written here.</summary>
    protected override Task BookWithoutBlocksAsync(PostgreSqlLedgerStore store, string database) =>
        Server.ExecuteAsync(
            database,
            """
            INSERT INTO usage_rollup
            SELECT slot, sha256('names'), 'key', 'model', 'provider', 'user', 'project', 1, 0, 0, 0, 0.5, 1,
                   1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1
            FROM unnest(ARRAY[timestamptz '2026-07-01 12:00Z', '2026-07-01 13:00Z', '2026-07-02 12:00Z']) slot
            """
        );

    [Fact]
    public async Task Rollups_older_than_the_blocks_are_in_them()
    {
        var database = await Server.CreateDatabaseAsync();
        await using var store = OpenAt(database);
        await MigrateAsync(store, 10);
        await BookWithoutBlocksAsync(store, database);
        await Server.ExecuteAsync(
            database,
            """
            INSERT INTO usage_days
            SELECT date_bin('1 day', slot, '2000-01-01Z'), names_hash, min(key_id), min(model), min(provider),
                   min(user_name), min(project), sum(calls), 0, 0, 0, sum(cost), sum(duration), sum(input_text),
                   sum(input_audio), sum(input_image), sum(cache_read), sum(cache_read_audio), sum(cache_write_5m),
                   sum(cache_write_1h), sum(output_text), sum(output_reasoning), sum(output_audio), sum(output_image),
                   sum(tool_use), sum(request), sum(second), sum(character)
            FROM usage_rollup GROUP BY 1, 2
            """
        );

        await Server.ExecuteAsync(
            database,
            """
            INSERT INTO usage_slots
            SELECT slot, calls, errors, estimated, unpriced, cost, duration, input_text, input_audio, input_image,
                   cache_read, cache_read_audio, cache_write_5m, cache_write_1h, output_text, output_reasoning,
                   output_audio, output_image, tool_use, request, second, character
            FROM usage_rollup
            """
        );

        await store.MigrateAsync();

        var found = await store.VerifyRollupsAsync(repair: false);
        found.Single(static check => check.Sums == RollupKind.Blocks).IncorrectRows.ShouldBe(0);
        (
            await Server.ScalarAsync(database, "SELECT sum(calls)::bigint FROM usage_blocks WHERE dimension = 3")
        ).ShouldBe(12L);
        (
            await Server.ScalarAsync(database, "SELECT sum(calls)::bigint FROM usage_blocks WHERE dimension = 1")
        ).ShouldBe(18L);
    }
}
