using System.Globalization;
using Tollgate.Accounting.Stores;
using Xunit;

namespace Tollgate.Accounting.Testing;

/// <summary>The additional requirements for a store that runs its users' SQL.</summary>
public abstract class SqlLedgerStoreCompliance : LedgerStoreCompliance
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    private static readonly string[] ViewColumns =
    [
        "datetime",
        "model",
        "prompt_tokens",
        "completion_tokens",
        "total_tokens",
        "local_prompt_tokens",
        "local_completion_tokens",
        "local_total_tokens",
        "cost",
        "execution_time",
        "caller_name",
        "username",
        "project",
        "session",
        "cached_tokens",
        "reasoning_tokens",
    ];

    /// <summary>The flat view has the columns that users' statements use.</summary>
    [Fact]
    public async Task The_view_for_hand_written_statements_has_its_columns()
    {
        var full = SampleRecords.Full();
        await Store.AppendAsync([full, SampleRecords.Bare() with { Model = "gpt-4" }]);

        Assert.Equal(ViewColumns, (await Sql.SelectAsync("SELECT * FROM accounting_entries", Timeout)).Columns);
        var counts = await Sql.SelectAsync(
            "SELECT model, COUNT(*) AS count FROM accounting_entries GROUP BY model ORDER BY model",
            Timeout
        );
        Assert.Equal(["model", "count"], counts.Columns);
        Assert.Equal(2, counts.Rows.Count);
        var row = Assert.Single(
            (
                await Sql.SelectAsync(
                    $"SELECT * FROM accounting_entries WHERE model = '{full.Model}' ORDER BY datetime DESC LIMIT 10",
                    Timeout
                )
            ).Rows
        );
        Assert.Equal(full.Usage.InputTokens, Convert.ToInt64(row[2], CultureInfo.InvariantCulture));
        Assert.Equal(full.Local.Output, Convert.ToInt64(row[6], CultureInfo.InvariantCulture));
        Assert.Equal(full.Cost!.Value.Usd, Convert.ToDecimal(row[8], CultureInfo.InvariantCulture), 9);
        Assert.Equal(full.Duration.TotalSeconds, Convert.ToDouble(row[9], CultureInfo.InvariantCulture), 6);
        Assert.Equal(full.Attribution.Application, row[10]);
        Assert.Equal(full.Attribution.Session, row[13]);
    }

    /// <summary>Queries may have any form.</summary>
    [Fact]
    public async Task A_statement_may_begin_with_WITH()
    {
        var answer = await Sql.SelectAsync("WITH few AS (SELECT 1 AS one) SELECT one + 1 AS two FROM few;", Timeout);
        Assert.Equal(2L, Convert.ToInt64(answer.Rows[0][0], CultureInfo.InvariantCulture));
    }

    /// <summary>The database rejects any statement that writes, and nothing is changed.</summary>
    [Theory]
    [InlineData("DELETE FROM usage")]
    [InlineData("UPDATE usage SET cost = 0")]
    [InlineData("DROP VIEW accounting_entries")]
    [InlineData("CREATE TABLE evil (a INT)")]
    [InlineData("WITH gone AS (SELECT 1) DELETE FROM usage")]
    [InlineData("SELECT 1; DELETE FROM usage")]
    [InlineData("COMMIT; DELETE FROM usage")]
    [InlineData("ROLLBACK")]
    [InlineData("no statement at all")]
    [InlineData("")]
    public async Task A_statement_cannot_write(string statement)
    {
        await Store.AppendAsync([SampleRecords.Full()]);
        await Assert.ThrowsAsync<LedgerSqlException>(() =>
            Sql.SelectAsync(statement.Replace("usage", RecordsTable, StringComparison.Ordinal), Timeout)
        );
        Assert.Equal(1, (await TotalsAsync()).Calls);
        Assert.Single((await Sql.SelectAsync("SELECT model FROM accounting_entries", Timeout)).Rows);
    }

    /// <summary>A statement that takes too long is stopped, and the store continues to work.</summary>
    [Fact]
    public async Task A_statement_that_takes_too_long_is_stopped()
    {
        await Assert.ThrowsAsync<LedgerSqlException>(() =>
            Sql.SelectAsync(EndlessStatement, TimeSpan.FromMilliseconds(300))
        );
        Assert.Empty((await Sql.SelectAsync("SELECT model FROM accounting_entries", Timeout)).Rows);
    }

    /// <summary>
    /// A caller that has enough rows gets no more, however many there are, and the store continues to work.
    /// </summary>
    [Fact]
    public async Task Rows_come_one_by_one_until_there_are_enough()
    {
        var taken = new LimitedRowReceiver(2500);
        await Sql.SelectAsync(ManyRowsStatement, TimeSpan.FromMinutes(1), taken);
        Assert.Equal(["i"], taken.Columns);
        Assert.Equal(2500, taken.Count);
        await Sql.SelectAsync("SELECT model FROM accounting_entries", Timeout, taken = new LimitedRowReceiver(1));
        Assert.Equal(["model"], taken.Columns);
        Assert.Equal(0, taken.Count);
    }

    private sealed class LimitedRowReceiver(int enough) : ISqlRowReceiver
    {
        public IReadOnlyList<string> Columns { get; private set; } = [];

        public int Count { get; private set; }

        public void Begin(IReadOnlyList<string> columns) => Columns = columns;

        public bool Add(IReadOnlyList<object?> row) => ++Count < enough;
    }

    /// <summary>A statement that returns a column <c>i</c> and more rows than would fit in memory.</summary>
    protected virtual string ManyRowsStatement =>
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n";

    private ISqlLedgerStore Sql => (ISqlLedgerStore)Store;

    /// <summary>The table that holds the records.</summary>
    protected virtual string RecordsTable => "usage";

    /// <summary>A statement that would run for minutes.</summary>
    protected virtual string EndlessStatement =>
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000000000) SELECT count(*) FROM n";
}
