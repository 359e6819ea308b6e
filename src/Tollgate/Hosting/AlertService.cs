using Tollgate.Accounting.Ledger;
using Tollgate.Delivery.Alerts;
using Tollgate.Delivery.Alerts.Channels;

namespace Tollgate.Hosting;

/// <summary>Runs alerting in the gateway: sends alerts, and watches what only a running gateway can see.</summary>
internal sealed class AlertService : IAsyncDisposable
{
    private static readonly TimeSpan BacklogInterval = TimeSpan.FromSeconds(10);

    private readonly UsageLedger _ledger;
    private readonly AlertSettings _settings;
    private readonly AlertSender _sender;
    private readonly ITimer _backlog;
    private bool _isBehind;

    private AlertService(AlertSettings settings, UsageLedger ledger, TimeProvider clock, ILogger logger)
    {
        (_ledger, _settings) = (ledger, settings);
        _sender = new AlertSender(
            new AlertSource(ledger.Alerts, ledger.Notices, ledger.AlertTally, ledger.LocalAlerts),
            settings,
            clock,
            logger
        );
        _sender.Start();
        _backlog = clock.CreateTimer(
            static state => ((AlertService)state!).CheckBacklog(),
            this,
            BacklogInterval,
            BacklogInterval
        );
    }

    public static AlertService Start(AlertSettings settings, UsageLedger ledger, TimeProvider clock, ILogger logger) =>
        new(settings, ledger, clock, logger);

    public async ValueTask DisposeAsync()
    {
        await _backlog.DisposeAsync();
        await _sender.DisposeAsync();
    }

    private void CheckBacklog()
    {
        try
        {
            var (records, age) = (_ledger.Health.Backlog ?? 0, _ledger.BacklogAge ?? TimeSpan.Zero);
            var isBehind = records > _settings.BacklogRecords || age > _settings.BacklogAge;
            if (isBehind && !_isBehind)
                _ledger.Notices.AddLedgerBacklog($"{Environment.MachineName}/{_ledger.InstanceId:N}", records, age);
            _isBehind = isBehind;
        }
        catch (Exception exception) when (exception is IOException or System.Data.Common.DbException)
        {
            // The spool cannot be read now, which /health reports; the next check tries again.
        }
    }
}
