using System.Globalization;
using Tollgate.Accounting.PostgreSql.Ledger;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;
using Tollgate.Tests.Servers;

namespace Tollgate.Tests.Usage;

[Trait("Needs", "Server")]
public sealed class OneNumberOnPostgreSqlTests(SharedPostgreSqlServer shared)
    : OneNumberTests,
        IClassFixture<SharedPostgreSqlServer>
{
    protected override async Task<LedgerOptions> FillAsync(LedgerOptions options, IReadOnlyList<UsageRecord> records)
    {
        var store = new PostgreSqlLedgerStore(await shared.CreateDatabaseUrlAsync());
        await store.MigrateAsync();
        foreach (var batch in records.Chunk(500))
            await store.AppendAsync(batch);
        return options with { Store = store };
    }

    protected override string CreateStatement(UsagePeriod period) =>
        $"""
            SELECT (SELECT count(*) FROM usage WHERE corrects_call IS NULL AND started_at >= {Time(period.From)}
                       AND started_at < {Time(period.To)}),
                   coalesce(sum(total_tokens), 0), coalesce(sum(cost), 0)
            FROM accounting_entries WHERE datetime >= {Time(period.From)} AND datetime < {Time(period.To)}
            """;

    private static string Time(DateTimeOffset? time) =>
        $"'{time!.Value.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture)}+00'";
}
