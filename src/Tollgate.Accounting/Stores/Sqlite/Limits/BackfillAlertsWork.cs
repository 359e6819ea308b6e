using Tollgate.Accounting.Stores.Sqlite.Writing;
using Tollgate.Accounting.Time;
using Tollgate.Metering.Limits;

namespace Tollgate.Accounting.Stores.Sqlite.Limits;

/// <summary>Checks the counts of some limits, in a transaction of the writer.</summary>
internal sealed class BackfillAlertsWork(IReadOnlyList<Limit> limits, TimeProvider clock) : ILedgerWork
{
    public int Run(LedgerWriterConnection store)
    {
        store.Limits.BackfillAlerts(limits, UnixMicros.FromTime(clock.GetUtcNow()));
        return 0;
    }
}
