using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;

namespace Tollgate.Accounting.Rerating;

/// <summary>
/// Corrections whose timestamp differs from that of the record they correct, as another program may write them. They
/// must be known before the first record is processed, so the ledger is read once for them; a correction never starts
/// before its record.
/// </summary>
internal sealed class UnlinkedCorrections
{
    private readonly Dictionary<CallId, CallId> _corrected = [];
    private readonly Dictionary<CallId, (Money? Cost, int Number)> _sums = [];

    public static async Task<UnlinkedCorrections> FindAsync(
        UsageQuery query,
        DateTimeOffset? from,
        CancellationToken cancellationToken
    )
    {
        var strays = new UnlinkedCorrections();
        await foreach (
            var moment in query.ReadRecordGroupsAsync(
                new UsageSelection { Period = new UsagePeriod(from, null) },
                cancellationToken
            )
        )
            foreach (var (record, corrected) in moment.UnlinkedCorrections())
                strays.Add(record, corrected);
        return strays;
    }

    /// <summary>Returns the corrections of a record with other timestamps.</summary>
    public (Money? Cost, int Number) GetSum(CallId id) => _sums.GetValueOrDefault(id);

    private void Add(UsageRecord record, CallId corrected)
    {
        // A correction of an unlinked correction corrects the same record.
        corrected = _corrected.GetValueOrDefault(corrected, corrected);
        _corrected[record.Id] = corrected;
        var sum = GetSum(corrected);
        _sums[corrected] = (RecordGroup.Add(sum.Cost, record.Cost), sum.Number + 1);
    }
}
