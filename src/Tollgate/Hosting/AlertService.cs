using Tollgate.Accounting.Ledger;
using Tollgate.Delivery.Alerts;
using Tollgate.Delivery.Alerts.Channels;

namespace Tollgate.Hosting;

/// <summary>Sends alerts while the gateway runs.</summary>
internal sealed class AlertService(
    AlertSettings settings,
    UsageLedger ledger,
    TimeProvider clock,
    ILogger<AlertService> logger
) : IHostedService
{
    private AlertSender? _sender;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _sender = new AlertSender(
            new AlertSource(
                ledger.Alerts.Store,
                ledger.Alerts.Notices,
                ledger.Alerts.Metrics,
                ledger.Alerts.LocalStore
            ),
            settings,
            clock,
            logger
        );
        _sender.Start();
        return Task.CompletedTask;
    }

    /// <summary>Stops sending; the next gateway sends the alerts that are left.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_sender is not null)
            await _sender.DisposeAsync();
    }
}
