using Tollgate.Accounting.Ledger;
using Tollgate.Delivery.Alerts.Channels;

namespace Tollgate.Hosting;

/// <summary>
/// Raises an alert if records wait too long for the database server, which only a running gateway can see.
/// </summary>
internal sealed class BacklogWatch(
    AlertSettings settings,
    UsageLedger ledger,
    TimeProvider clock,
    ILogger<BacklogWatch> logger
) : PeriodicService(TimeSpan.FromSeconds(10), clock, logger)
{
    private bool _isBehind;

    protected override async Task RunRoundAsync(CancellationToken cancellationToken)
    {
        var health = await ledger.ReadHealthAsync(cancellationToken);
        var (records, age) = (health.Backlog ?? 0, health.BacklogAge ?? TimeSpan.Zero);
        var isBehind = records > settings.BacklogRecords || age > settings.BacklogAge;
        if (isBehind && !_isBehind)
            ledger.Alerts.Notices.AddLedgerBacklog($"{Environment.MachineName}/{ledger.InstanceId:N}", records, age);
        _isBehind = isBehind;
    }
}
