using Tollgate.Accounting.Stores;

namespace Tollgate.Accounting.PostgreSql.Tests;

public sealed class UserStatementTests(PostgreSqlServer server) : PostgreSqlTest(server)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("SET TRANSACTION READ WRITE")]
    [InlineData("SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE")]
    [InlineData("SELECT set_config('transaction_read_only', 'off', false)")]
    [InlineData("BEGIN")]
    [InlineData("COMMIT AND CHAIN")]
    [InlineData("PREPARE TRANSACTION 'x'")]
    [InlineData("DO $$ BEGIN DELETE FROM usage; END $$")]
    [InlineData("CALL nothing()")]
    [InlineData("COPY usage TO '/tmp/x'")]
    [InlineData("WITH gone AS (DELETE FROM usage RETURNING 1) SELECT * FROM gone")]
    [InlineData("EXPLAIN ANALYZE DELETE FROM usage")]
    [InlineData("SELECT * FROM usage FOR UPDATE")]
    [InlineData("SELECT 1;;SELECT 2")]
    [InlineData("SELECT $tollgate$ 1; END $tollgate$; DELETE FROM usage")]
    [InlineData("SELECT ';'; DELETE FROM usage")]
    public async Task A_statement_cannot_leave_the_read_only_transaction(string statement)
    {
        await Store.AppendAsync([Record(Noon)]);

        await Should.ThrowAsync<LedgerSqlException>(() => Store.SelectAsync(statement, Patience));

        await SumsShouldAgreeAsync(Store);
        (await TotalsAsync(Store)).Calls.ShouldBe(1);
    }

    [Fact]
    public async Task Settings_and_locks_of_a_statement_end_with_it()
    {
        for (var i = 0; i < 6; i++)
        {
            await Store.SelectAsync(
                "SELECT set_config('default_transaction_read_only', 'off', false), set_config('search_path', "
                    + "'nowhere', false), pg_advisory_lock(7)",
                Patience
            );
            (
                await Store.SelectAsync(
                    "SELECT current_setting('transaction_read_only'), current_setting('default_transaction_read_only')",
                    Patience
                )
            )
                .Rows[0]
                .ShouldBe(["on", "on"]);
        }

        (await ScalarAsync("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 7")).ShouldBe(0L);
        (await Store.SelectAsync("SELECT * FROM accounting_entries", Patience)).Rows.ShouldBeEmpty();
    }

    [Fact]
    public async Task Values_come_as_the_few_types_that_there_are()
    {
        var answer = await Store.SelectAsync(
            "SELECT 1::smallint AS a, 1.50::numeric, 0.5::float8, 'é;--', '\\x00ff'::bytea, NULL::int, "
                + "'NaN'::numeric, timestamptz '2026-07-01 14:00+02', true, ARRAY[1,2] -- @p :q $1",
            Patience
        );

        answer.Columns[0].ShouldBe("a");
        answer
            .Rows[0]
            .ShouldBe([
                1L,
                1.50m,
                0.5,
                "é;--",
                new byte[] { 0, 255 },
                null,
                "NaN",
                "2026-07-01 12:00:00",
                "t",
                "{1,2}",
            ]);
    }

    [Fact]
    public async Task The_message_is_the_database_s()
    {
        (
            await Should.ThrowAsync<LedgerSqlException>(() => Store.SelectAsync("SELECT nonsense FROM usage", Patience))
        ).Message.ShouldContain("column \"nonsense\" does not exist");
        (
            await Should.ThrowAsync<LedgerSqlException>(() =>
                Store.SelectAsync("SELECT pg_sleep(60)", TimeSpan.FromMilliseconds(100))
            )
        ).Message.ShouldContain("statement timeout");
        (
            await Should.ThrowAsync<LedgerSqlException>(() => Store.SelectAsync("SELECT 1 / 0", Patience))
        ).Message.ShouldContain("division by zero");
    }

    [Fact]
    public async Task A_statement_that_the_caller_cancels_leaves_the_store_usable()
    {
        using var cancel = new CancellationTokenSource(100);

        await Should.ThrowAsync<OperationCanceledException>(() =>
            Store.SelectAsync("SELECT pg_sleep(60)", Patience, cancel.Token)
        );

        (await Store.SelectAsync("SELECT 1", Patience)).Rows.Count.ShouldBe(1);
    }
}
