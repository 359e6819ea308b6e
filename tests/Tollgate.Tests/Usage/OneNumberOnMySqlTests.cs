using System.Globalization;
using Tollgate.Accounting.MySql.Ledger;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Time;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;
using Tollgate.Tests.Servers;

namespace Tollgate.Tests.Usage;

[Trait("Needs", "Server")]
public sealed class OneNumberOnMySqlTests(SharedMySqlServer shared) : OneNumberTests, IClassFixture<SharedMySqlServer>
{
    protected override async Task<LedgerOptions> FillAsync(LedgerOptions options, IReadOnlyList<UsageRecord> records)
    {
        var store = new MySqlLedgerStore(await shared.CreateDatabaseUrlAsync());
        await store.MigrateAsync();
        foreach (var batch in records.Chunk(500))
            await store.AppendAsync(batch);
        return options with { Store = store };
    }

    protected override string CreateStatement(UsagePeriod period) =>
        FormattableString.Invariant(
            $"""
            SELECT (SELECT count(*) FROM usage_records WHERE corrects_call IS NULL
                       AND started_at >= {period.From!.Value.ToMicros()}
                       AND started_at < {period.To!.Value.ToMicros()}),
                   coalesce(sum(total_tokens), 0), coalesce(sum(cost), 0)
            FROM accounting_entries WHERE datetime >= '{Time(period.From)}' AND datetime < '{Time(period.To)}'
            """
        );

    private static string Time(DateTimeOffset? time) =>
        time!.Value.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
}
