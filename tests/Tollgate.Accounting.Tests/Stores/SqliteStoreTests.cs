using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Stores.Sqlite;
using Tollgate.Accounting.Stores.Sqlite.Ledger;
using Tollgate.Accounting.Stores.Sqlite.Writing;
using Tollgate.Accounting.Testing;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;
using Tollgate.Testing;

namespace Tollgate.Accounting.Tests.Stores;

public sealed class SqliteStoreTests : RollupStoreCompliance
{
    private TemporaryFolder _folder = new();

    protected override Task CreateDatabaseAsync()
    {
        _folder = new TemporaryFolder();
        return Task.CompletedTask;
    }

    protected override Task<ILedgerStore> OpenAsync() =>
        Task.FromResult<ILedgerStore>(
            new SqliteLedgerStore(new LedgerOptions { DataFolder = _folder.Path, DatabaseFile = "own.db" })
        );

    protected override Task ExecuteAsync(string sql)
    {
        using var connection = SqliteConnections.OpenForWrites(_folder.File("own.db"));
        connection.Run(sql);
        return Task.CompletedTask;
    }

    protected override Task DropDatabaseAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>The writer may commit records and a repair together, before the rollups of the records.</summary>
    [Fact]
    public async Task A_repair_counts_records_of_the_same_commit_once()
    {
        var writer = ((SqliteLedgerStore)Store).Writer;
        List<Task> work;
        using (var lockHolder = SqliteConnections.OpenForWrites(_folder.File("own.db")))
        {
            lockHolder.Run("BEGIN IMMEDIATE");
            work =
            [
                Store.AppendAsync([CreateRecord()]),
                Store.AppendAsync([CreateRecord()]),
                writer.RunAsync(new RepairRollupsWork()).AsTask(),
            ];
            lockHolder.Run("ROLLBACK");
        }

        await Task.WhenAll(work);
        Assert.Equal(2, (await Store.SumAsync(new UsageSumQuery())).Single().Totals.Calls);
    }

    [Theory]
    [InlineData("ATTACH '/tmp/other.db' AS other")]
    [InlineData("PRAGMA journal_mode = DELETE")]
    [InlineData("VACUUM INTO '/tmp/copy.db'")]
    [InlineData("BEGIN")]
    public async Task A_statement_cannot_reach_beyond_the_ledger(string statement) =>
        await Should.ThrowAsync<LedgerSqlException>(() =>
            ((ISqlLedgerStore)Store).SelectAsync(statement, TimeSpan.FromSeconds(5))
        );

    [Theory]
    [InlineData(null, UsageOrder.NewestFirst, "usage_datetime")]
    [InlineData(null, UsageOrder.OldestFirst, "usage_datetime")]
    [InlineData(UsageDimension.Model, UsageOrder.NewestFirst, "usage_datetime")]
    [InlineData(UsageDimension.Session, UsageOrder.NewestFirst, "usage_session")]
    [InlineData(UsageDimension.Application, UsageOrder.OldestFirst, "usage_application")]
    public async Task A_page_is_read_in_the_order_of_an_index(UsageDimension? of, UsageOrder order, string index)
    {
        UsageFilter[] where = of is { } dimension ? [UsageFilter.Equal(dimension, "one")] : [];
        var after = new UsagePosition(DateTimeOffset.UnixEpoch, new CallId(Guid.NewGuid(), 1));

        var steps = await PlanAsync(
            SqliteSelectionSql.Build(
                new UsageSelection
                {
                    Where = where,
                    Order = order,
                    After = after,
                },
                10,
                new SqliteFilterTerms()
            )
        );

        steps.ShouldContain($"USING INDEX {index} ");
        // Records of one millisecond may be sorted, "FOR LAST 3 TERMS", but not all of them.
        steps.ShouldNotContain("FOR ORDER BY");
    }

    [Theory]
    [InlineData(UsageDimension.Session, "usage_session")]
    [InlineData(UsageDimension.Application, "usage_application")]
    [InlineData(UsageDimension.EndUser, "usage_datetime")]
    public async Task Sums_that_are_not_kept_are_made_of_the_records_of_the_period(UsageDimension of, string index)
    {
        var period = new UsagePeriod(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1));

        var steps = await PlanAsync(
            TotalsSql.Build(
                new UsageSumQuery { Period = period, Where = [UsageFilter.Equal(of, "one")] },
                new SqliteFilterTerms()
            )
        );

        steps.ShouldContain($"USING INDEX {index} ");
    }

    [Theory]
    [InlineData("SELECT * FROM accounting_entries ORDER BY datetime DESC LIMIT 10")]
    [InlineData("SELECT * FROM accounting_entries WHERE model = 'gpt-4' ORDER BY datetime DESC LIMIT 10")]
    [InlineData("SELECT SUM(cost) FROM accounting_entries WHERE datetime >= '2026-06-20' AND datetime < '2026-06-21'")]
    public async Task Entries_are_found_by_their_datetime_without_reading_all(string statement)
    {
        var steps = await PlanAsync(statement);

        steps.ShouldContain("USING INDEX usage_datetime");
        steps.ShouldNotContain("TEMP B-TREE");
    }

    private static UsageRecord CreateRecord() =>
        new()
        {
            Id = new CallId(Guid.NewGuid(), 1),
            StartedAt = DateTimeOffset.UnixEpoch,
            Provider = "openai",
            Model = "gpt-4o-mini",
            Operation = "chat",
            UsageSource = UsageSource.Missing,
            Outcome = CallOutcome.Completed,
        };

    /// <summary>How SQLite would answer a statement.</summary>
    private async Task<string> PlanAsync(string statement)
    {
        var plan = await ((ISqlLedgerStore)Store).SelectAsync(
            "EXPLAIN QUERY PLAN " + statement,
            TimeSpan.FromSeconds(5)
        );
        return string.Join('\n', plan.Rows.Select(static row => row[^1]));
    }
}
