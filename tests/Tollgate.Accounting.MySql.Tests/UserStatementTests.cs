using Tollgate.Accounting.MySql.Connections;
using Tollgate.Accounting.MySql.Ledger;
using Tollgate.Accounting.Stores;

namespace Tollgate.Accounting.MySql.Tests;

public sealed class UserStatementTests(MySqlServer server) : MySqlTest(server)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private const string Endless =
        "SELECT count(*) FROM information_schema.columns a, information_schema.columns b, information_schema.columns "
        + "c WHERE concat(a.column_name, b.column_name, c.column_name) = ''";

    [Theory]
    [InlineData("SET SESSION TRANSACTION READ WRITE")]
    [InlineData("SET @x = 1")]
    [InlineData("SET GLOBAL max_connections = 1")]
    [InlineData("BEGIN")]
    [InlineData("COMMIT")]
    [InlineData("START TRANSACTION READ WRITE")]
    [InlineData("BEGIN NOT ATOMIC COMMIT; SET SESSION TRANSACTION READ WRITE; DELETE FROM usage_records; END")]
    [InlineData("EXECUTE IMMEDIATE 'DELETE FROM usage_records'")]
    [InlineData("CALL nothing()")]
    [InlineData("CREATE TABLE usage_copy AS SELECT 1")]
    [InlineData("TRUNCATE usage_records")]
    [InlineData("INSERT INTO usage_slots (slot) VALUES (1)")]
    [InlineData("LOAD DATA LOCAL INFILE '/etc/hostname' INTO TABLE usage_records")]
    [InlineData("SELECT 1 INTO OUTFILE '/tmp/tollgate-must-not-exist'")]
    [InlineData("SELECT 1) INTO OUTFILE '/tmp/tollgate-must-not-exist' -- ")]
    [InlineData("SELECT 1 INTO @x")]
    [InlineData("SELECT * FROM usage_records FOR UPDATE")]
    [InlineData("WITH few AS (SELECT 1) SELECT * FROM few; DELETE FROM usage_records")]
    [InlineData("WITH few AS (SELECT 1) DELETE FROM usage_records")]
    [InlineData("WITH few AS (SELECT 1 AS one) SELECT one FROM few INTO @x")]
    [InlineData("WITH few AS (SELECT 1 AS one) SELECT one FROM few INTO OUTFILE '/tmp/tollgate-must-not-exist'")]
    [InlineData("SELECT 1;;SELECT 2")]
    [InlineData("SELECT 1); DELETE FROM usage_records; (SELECT 1")]
    [InlineData("SELECT 1); COMMIT; SET SESSION TRANSACTION READ WRITE; DELETE FROM usage_records; (SELECT 1")]
    [InlineData("WITH few AS (SELECT 1) SELECT * FROM few; COMMIT; SET SESSION TRANSACTION READ WRITE; SET @x = 1")]
    [InlineData("SELECT ?); DELETE FROM usage_records; (SELECT ?")]
    [InlineData("SELECT ';'; DELETE FROM usage_records")]
    [InlineData("SELECT deletes_all()")]
    [InlineData("/*! DELETE FROM usage_records */")]
    [InlineData("SET STATEMENT max_statement_time = 0 FOR DELETE FROM usage_records")]
    [InlineData("HANDLER usage_records OPEN")]
    [InlineData("KILL 1")]
    public async Task A_statement_cannot_leave_the_read_only_transaction(string statement)
    {
        await Store.AppendAsync([Record(Noon)]);
        await ExecuteAsync("CREATE FUNCTION deletes_all() RETURNS INT BEGIN DELETE FROM usage_records; RETURN 1; END");

        await Should.ThrowAsync<LedgerSqlException>(() => Store.SelectAsync(statement, Patience));

        await SumsShouldAgreeAsync(Store);
        (await TotalsAsync(Store)).Calls.ShouldBe(1);
        File.Exists("/tmp/tollgate-must-not-exist").ShouldBeFalse();
    }

    [Fact]
    public async Task A_login_that_may_write_files_runs_no_statements()
    {
        await using var store = new MySqlLedgerStore(Server.ConnectionTo(Database, "filer"));

        (
            await Should.ThrowAsync<LedgerSqlException>(() => store.SelectAsync("SELECT 1", Patience))
        ).Message.ShouldContain("REVOKE FILE");
    }

    [Fact]
    public async Task Settings_and_locks_of_a_statement_end_with_it()
    {
        // The server frees the lock when it notices that the connection is closed, which may be after the statement's
        // answer: the next statement waits for it there.
        for (var i = 0; i < 6; i++)
        {
            (await Store.SelectAsync("SELECT @x, @x := 5, GET_LOCK('tollgate-test', 30)", Patience))
                .Rows[0]
                .ShouldBe([null, 5L, 1L]);
        }
    }

    [Fact]
    public async Task Values_come_as_the_few_types_that_there_are()
    {
        var answer = await Store.SelectAsync(
            "SELECT 1 AS a, 1.50, 0.5e0, 'é;--', X'00FF', CAST(NULL AS DECIMAL(9, 2)), CAST(1 AS UNSIGNED), "
                + "TIMESTAMP'2026-07-01 12:00:00', true, REPEAT('9', 40) + 0.0 IS NULL, CAST(REPEAT('9', 40) AS "
                + "DECIMAL(40)) -- @p :q ?",
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
                1L,
                "2026-07-01 12:00:00",
                1L,
                0L,
                new string('9', 40),
            ]);
    }

    [Theory]
    [InlineData("SELECT model FROM accounting_entries ORDER BY model DESC LIMIT 2")]
    [InlineData("SELECT model FROM accounting_entries ORDER BY model DESC LIMIT 2;\n")]
    [InlineData("(SELECT model FROM accounting_entries) ORDER BY model DESC LIMIT 2")]
    [InlineData("with e as (SELECT model FROM accounting_entries) SELECT * FROM e ORDER BY model DESC LIMIT 2")]
    [InlineData(
        "-- the last two\nWITH e AS (SELECT model FROM accounting_entries) SELECT * FROM e ORDER BY model DESC LIMIT 2"
    )]
    [InlineData(
        "/* the last; two */ WITH e AS (SELECT model FROM accounting_entries) SELECT * FROM e ORDER BY model DESC "
            + "LIMIT 2"
    )]
    [InlineData("SELECT model FROM accounting_entries WHERE model = 'b' UNION ALL SELECT 'a' # the last two")]
    public async Task A_query_of_any_form_keeps_its_order(string statement)
    {
        await Store.AppendAsync([Record(Noon) with { Model = "a" }, Record(Noon) with { Model = "b" }]);

        (await Store.SelectAsync(statement, Patience)).Rows.Select(row => row[0]).ShouldBe(["b", "a"]);
    }

    [Fact]
    public async Task Times_of_the_view_reach_from_the_first_year_to_the_last()
    {
        await Store.AppendAsync([
            Record(Noon) with
            {
                StartedAt = new DateTimeOffset(9999, 12, 31, 23, 59, 59, TimeSpan.Zero),
            },
            Record(Noon) with
            {
                StartedAt = Noon.AddYears(-60),
            },
        ]);

        (await Store.SelectAsync("SELECT datetime FROM accounting_entries ORDER BY datetime", Patience))
            .Rows.Select(row => row[0])
            .ShouldBe(["1966-07-01 12:00:00", "9999-12-31 23:59:59"]);
        (await TotalsAsync(Store)).Calls.ShouldBe(2);
    }

    [Fact]
    public async Task The_message_is_the_database_s()
    {
        (
            await Should.ThrowAsync<LedgerSqlException>(() =>
                Store.SelectAsync("SELECT nonsense FROM usage_records", Patience)
            )
        ).Message.ShouldContain("Unknown column 'nonsense'");
        (
            await Should.ThrowAsync<LedgerSqlException>(() =>
                Store.SelectAsync("SELECT BENCHMARK(2000000000, MD5('x'))", TimeSpan.FromMilliseconds(100))
            )
        ).Message.ShouldContain("longer than 0.1 s");
        (
            await Should.ThrowAsync<LedgerSqlException>(() =>
                Store.SelectAsync(Endless, TimeSpan.FromMilliseconds(100))
            )
        ).Message.ShouldContain("max_statement_time exceeded");
    }

    [Fact]
    public async Task A_statement_that_the_caller_cancels_leaves_the_store_usable()
    {
        using var cancel = new CancellationTokenSource(300);

        await Should.ThrowAsync<OperationCanceledException>(() =>
            Store.SelectAsync("SELECT SLEEP(60)", Patience, cancel.Token)
        );

        (await Store.SelectAsync("SELECT 1", Patience)).Rows.Count.ShouldBe(1);
    }

    [Fact]
    public void A_text_cut_anywhere_can_only_be_a_query()
    {
        const string text = " -- one\n# two\n/* three; */ /**/ WITH e AS (SELECT ';' AS a /*! x */) SELECT * FROM e; ";
        for (var from = 0; from <= text.Length; from++)
        {
            for (var to = from; to <= text.Length; to++)
            {
                var sent = QueryOnlySql.From(text[from..to]);
                (sent.StartsWith('(') || sent.StartsWith("WITH ", StringComparison.Ordinal)).ShouldBeTrue(sent);
            }
        }
    }
}
