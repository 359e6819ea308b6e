using Tollgate.Accounting.Ledger;
using Tollgate.Configuration.Settings;

namespace Tollgate.Hosting;

/// <summary>
/// Raises an alert if records wait too long for the database server, which only a running gateway can see.
/// </summary>
internal sealed class BacklogWatch(
    GatewaySettings settings,
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
        var isBehind = records > settings.Alerts.BacklogRecords || age > settings.Alerts.BacklogAge;
        if (isBehind && !_isBehind)
            ledger.Alerts.Notices.AddLedgerBacklog($"{Environment.MachineName}/{ledger.InstanceId:N}", records, age);
        _isBehind = isBehind;
    }
}
