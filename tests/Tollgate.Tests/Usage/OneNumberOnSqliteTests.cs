using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Time;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace Tollgate.Tests.Usage;

public sealed class OneNumberOnSqliteTests : OneNumberTests
{
    protected override async Task<LedgerOptions> FillAsync(LedgerOptions options, IReadOnlyList<UsageRecord> records)
    {
        await using var ledger = await UsageLedger.OpenAsync(options);
        await ledger.AppendAsync(records);
        return options;
    }

    protected override string CreateStatement(UsagePeriod period) =>
        "SELECT coalesce(sum(corrects_call IS NULL), 0), "
        + "coalesce(sum(input_text + input_audio + input_image + cache_read + cache_read_audio + cache_write_5m + "
        + "cache_write_1h + output_text + output_reasoning + output_audio + output_image), 0), "
        + "coalesce(sum(cost), 0) FROM usage "
        + FormattableString.Invariant(
            $"WHERE started_at >= {period.From!.Value.ToMicros()} AND started_at < {period.To!.Value.ToMicros()}"
        );
}
