using Tollgate.Accounting.Limits.Leases;
using Tollgate.Accounting.Stores.Sqlite.Writing;
using Tollgate.Accounting.Time;

namespace Tollgate.Accounting.Stores.Sqlite.Limits;

/// <summary>One lease exchange, in a transaction of the writer.</summary>
internal sealed class ExchangeLeasesWork(LeaseHolder holder, IReadOnlyList<LeaseRequest> orders, TimeProvider clock)
    : ILedgerWork
{
    /// <summary>The response, once the work's transaction is committed.</summary>
    public LeaseResponse? Response { get; private set; }

    public int Run(LedgerWriterConnection store)
    {
        Response = store.Limits.Exchange(holder, orders, UnixMicros.FromTime(clock.GetUtcNow()));
        return 0;
    }
}
