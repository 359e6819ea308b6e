using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Rerating;

/// <summary>
/// Corrections whose timestamp differs from that of the record they correct, as another program may write them. They
/// must be known before the first record is processed, so the ledger is read once for them; a correction never starts
/// before its record.
/// </summary>
internal sealed class StrayCorrections
{
    private readonly Dictionary<CallId, CallId> _corrected = [];
    private readonly Dictionary<CallId, (Money? Cost, int Number)> _sums = [];

    public static async Task<StrayCorrections> FindAsync(
        UsageQuery query,
        DateTimeOffset? from,
        CancellationToken cancellation
    )
    {
        var strays = new StrayCorrections();
        await foreach (
            var moment in query.MomentsAsync(new UsageSelection { Period = new UsagePeriod(from, null) }, cancellation)
        )
            foreach (var (record, corrected) in moment.Strays())
                strays.Add(record, corrected);
        return strays;
    }

    /// <summary>Returns the corrections of a record with other timestamps.</summary>
    public (Money? Cost, int Number) Of(CallId id) => _sums.GetValueOrDefault(id);

    private void Add(UsageRecord record, CallId corrected)
    {
        // A correction of an unlinked correction corrects the same record.
        corrected = _corrected.GetValueOrDefault(corrected, corrected);
        _corrected[record.Id] = corrected;
        var sum = Of(corrected);
        _sums[corrected] = (Moment.Add(sum.Cost, record.Cost), sum.Number + 1);
    }
}
