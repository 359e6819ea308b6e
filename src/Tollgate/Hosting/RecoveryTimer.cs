using Tollgate.Accounting.Ledger;

namespace Tollgate.Hosting;

/// <summary>
/// Checks every minute whether another gateway on this ledger has died, and records its calls in flight.
/// </summary>
internal sealed class RecoveryTimer(UsageLedger ledger, TimeProvider clock, ILogger<RecoveryTimer> logger)
    : PeriodicService(TimeSpan.FromMinutes(1), clock, logger)
{
    protected override Task RunRoundAsync(CancellationToken cancellationToken) => ledger.RecoverAsync();
}
