using System.Data.Common;
using Tollgate.Accounting;
using Tollgate.Accounting.Limits.Admission;
using Tollgate.Accounting.Stores;
using Tollgate.Metering.Limits;

namespace Tollgate.Hosting;

/// <summary>
/// On a server that stores records but no limit counters, hard limits apply only among the gateways of one data
/// folder. A second folder would allow the whole limit again, so its gateway does not start. If several were already
/// serving before a hard limit was set, all of them refuse the calls under it.
/// </summary>
/// <param name="store">The server that stores the records.</param>
/// <param name="admission">The controller whose hard limits are suspended.</param>
/// <param name="folder">The data folder of this gateway.</param>
/// <param name="clock">The clock.</param>
/// <param name="logger">The log.</param>
internal sealed partial class SingleInstanceGuard(
    ILedgerStore store,
    AdmissionController admission,
    InstanceHeartbeat folder,
    TimeProvider clock,
    ILogger<SingleInstanceGuard> logger
) : PeriodicService(InstanceHeartbeat.Timeout / 3, clock, logger)
{
    private int _consecutiveSightings;
    private bool _problemLogged;

    /// <summary>Registers the folder, and keeps renewing its registration.</summary>
    /// <exception cref="GatewayStartException">There are hard limits, and gateways of another data folder use the same
    /// database.</exception>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            var others = await store.RegisterAsync(folder, cancellationToken);
            if (others.Count > 0 && DescribeConflict(others) is { } refusal)
                throw new GatewayStartException(refusal);
            Suspend(others);
        }
        catch (LedgerUnavailableException away)
        {
            LogUnknown(Logger, away.Message);
        }

        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            // If another gateway of this folder is running, it registers the folder again.
            using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            await store.UnregisterAsync(folder, timeout.Token);
        }
        catch (Exception exception) when (exception is IOException or DbException or OperationCanceledException)
        {
            // The registration expires by itself.
        }
    }

    /// <summary>
    /// Checks again: since the start, limits may have been set, other folders may have appeared, or the server may be
    /// back.
    /// </summary>
    protected override async Task RunRoundAsync(CancellationToken cancellationToken)
    {
        var others = await store.RegisterAsync(folder, cancellationToken);
        // Seen only once, the other gateway may be one that refuses to start. A gateway that comes later sees this one
        // from its start on, and lets no call through in the meantime.
        _consecutiveSightings = others.Count == 0 ? 0 : _consecutiveSightings + 1;
        if (_consecutiveSightings == 1 && admission.SuspensionCause is null)
            return;
        Suspend(others);
        var problem = others.Count == 0 ? null : DescribeConflict(others);
        if (problem is not null && !_problemLogged)
            LogConflict(Logger, problem);
        _problemLogged = problem is not null;
    }

    /// <summary>
    /// As long as there are others, no hard limit can be enforced, including one set later. The text names no machine,
    /// because any client may read it.
    /// </summary>
    private void Suspend(IReadOnlyList<InstanceHeartbeat> others) =>
        admission.Suspend(
            others.Count == 0
                ? null
                : "gateways of another data folder use the same database, which does not count limits, so each folder "
                    + "would allow the whole limit. The gateway log names them."
        );

    /// <summary>
    /// Describes the conflict with other folders; null if there is no hard limit that they would have to share.
    /// </summary>
    private string? DescribeConflict(IReadOnlyList<InstanceHeartbeat> others)
    {
        if (
            admission.Limits.FirstOrDefault(static limit =>
                limit is { Mode: LimitMode.Hard, Amount: not null, Metric: not LimitMetric.CostPerRequest }
            )
            is not { } limit
        )
            return null;
        return $"The limit '{limit.Id}' is hard, and gateways of another data folder use this database "
            + $"({string.Join(", ", others.Select(static other => other.Name))}). "
            + "This kind of database stores records but does not count limits, so each folder would allow the whole "
            + "limit. "
            + "Use PostgreSQL for several gateways, run all of them on one data folder, make the limits soft, or stop "
            + "the "
            + $"others (one that was killed expires after {InstanceHeartbeat.Timeout.TotalSeconds:0} s).";
    }

    [LoggerMessage(
        46,
        LogLevel.Error,
        "Calls under hard limits are refused, because the limits cannot be enforced: {Problem}"
    )]
    private static partial void LogConflict(ILogger log, string problem);

    [LoggerMessage(
        47,
        LogLevel.Warning,
        "Cannot determine whether gateways of other data folders use this database, "
            + "so hard limits may be exceeded in total: {Reason}"
    )]
    private static partial void LogUnknown(ILogger log, string reason);
}
