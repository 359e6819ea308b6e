using Tollgate.Accounting.Ledger;
using Tollgate.Metering.Usage;

namespace Tollgate.Testing.Gateways;

/// <summary>
/// The records in a gateway's ledger. A record may arrive after its call's response, and a call whose client left is
/// booked when the client is gone.
/// </summary>
internal static class BookedRecords
{
    private const int All = 100_000;

    /// <summary>All records, the oldest one first.</summary>
    public static async Task<IReadOnlyList<UsageRecord>> ReadAsync(UsageLedger ledger) =>
        [.. (await ledger.Query.TailAsync(All)).Reverse()];

    /// <summary>Waits until at least this many records match, and returns them, the oldest one first.</summary>
    public static async Task<IReadOnlyList<UsageRecord>> WaitForAsync(
        UsageLedger ledger,
        Func<UsageRecord, bool> matches,
        int count
    )
    {
        IReadOnlyList<UsageRecord> records = [];
        await Eventually.BecomesTrueAsync(async () =>
        {
            records = [.. (await ReadAsync(ledger)).Where(matches)];
            return records.Count >= count;
        });
        return records;
    }
}
