using Tollgate.Accounting.Ledger;
using Tollgate.Delivery.Alerts;
using Tollgate.Delivery.Alerts.Channels;

namespace Tollgate.Hosting;

/// <summary>Runs alerting in the gateway: sends alerts, and watches what only a running gateway can see.</summary>
internal sealed class AlertWatch : IAsyncDisposable
{
    private static readonly TimeSpan BacklogInterval = TimeSpan.FromSeconds(10);

    private readonly UsageLedger _ledger;
    private readonly AlertSettings _settings;
    private readonly AlertSender _sender;
    private readonly ITimer _backlog;
    private bool _isBehind;

    private AlertWatch(AlertSettings settings, UsageLedger ledger, TimeProvider clock, ILogger logger)
    {
        (_ledger, _settings) = (ledger, settings);
        _sender = new AlertSender(
            new AlertSource(ledger.Alerts, ledger.Notices, ledger.AlertTally, ledger.OwnAlerts),
            settings,
            clock,
            logger
        );
        _sender.Start();
        _backlog = clock.CreateTimer(
            static state => ((AlertWatch)state!).LookAtBacklog(),
            this,
            BacklogInterval,
            BacklogInterval
        );
    }

    public static AlertWatch Start(AlertSettings settings, UsageLedger ledger, TimeProvider clock, ILogger logger) =>
        new(settings, ledger, clock, logger);

    public async ValueTask DisposeAsync()
    {
        await _backlog.DisposeAsync();
        await _sender.DisposeAsync();
    }

    private void LookAtBacklog()
    {
        try
        {
            var (records, age) = (_ledger.Health.Backlog ?? 0, _ledger.BacklogAge ?? TimeSpan.Zero);
            var isBehind = records > _settings.BacklogRecords || age > _settings.BacklogAge;
            if (isBehind && !_isBehind)
                _ledger.Notices.LedgerBacklog($"{Environment.MachineName}/{_ledger.InstanceId:N}", records, age);
            _isBehind = isBehind;
        }
        catch (Exception fault) when (fault is IOException or System.Data.Common.DbException)
        {
            // The spool cannot be read now, which /health reports; the next check tries again.
        }
    }
}
