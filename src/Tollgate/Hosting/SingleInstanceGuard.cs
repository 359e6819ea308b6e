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
internal sealed partial class SingleInstanceGuard : IAsyncDisposable
{
    private static readonly TimeSpan Interval = InstanceHeartbeat.Timeout / 3;

    private readonly ILedgerStore _store;
    private readonly AdmissionController _admission;
    private readonly InstanceHeartbeat _folder;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly PeriodicTimer _timer;
    private Task _running = Task.CompletedTask;
    private int _consecutiveSightings;
    private bool _problemLogged;

    private SingleInstanceGuard(
        ILedgerStore store,
        AdmissionController admission,
        InstanceHeartbeat folder,
        TimeProvider clock,
        ILogger log
    )
    {
        (_store, _admission, _folder, _log) = (store, admission, folder, log);
        _timer = new PeriodicTimer(Interval, clock);
    }

    /// <summary>Registers the folder, and keeps renewing its registration.</summary>
    /// <exception cref="GatewayStartException">There are hard limits, and gateways of another data folder use the same
    /// database.</exception>
    public static async Task<SingleInstanceGuard> StartAsync(
        ILedgerStore store,
        AdmissionController admission,
        string dataFolder,
        TimeProvider clock,
        ILogger log,
        CancellationToken cancellationToken
    )
    {
        var folder = new InstanceHeartbeat(
            ReadOrCreateIdentity(dataFolder, clock),
            $"{Environment.MachineName}:{dataFolder}"
        );
        var lone = new SingleInstanceGuard(store, admission, folder, clock, log);
        try
        {
            var others = await store.RegisterAsync(folder, cancellationToken);
            if (others.Count > 0 && lone.DescribeConflict(others) is { } refusal)
                throw new GatewayStartException(refusal);
            lone.Suspend(others);
        }
        catch (LedgerUnavailableException away)
        {
            LogUnknown(log, away.Message);
        }
        catch
        {
            await lone.DisposeAsync();
            throw;
        }

        lone._running = lone.RunAsync();
        return lone;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _timer.Dispose();
        await _running;
        try
        {
            // If another gateway of this folder is running, it registers the folder again.
            using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            await _store.UnregisterAsync(_folder, timeout.Token);
        }
        catch (Exception exception) when (exception is IOException or DbException or OperationCanceledException)
        {
            // The registration expires by itself.
        }

        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (await TickAsync())
        {
            try
            {
                await CheckAsync(_stop.Token);
            }
            catch (Exception exception)
                when (exception is IOException or DbException or LedgerSchemaException or OperationCanceledException)
            {
                // The next check finds out.
            }
        }
    }

    private async Task<bool> TickAsync()
    {
        try
        {
            return await _timer.WaitForNextTickAsync(_stop.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>
    /// Checks again: since the start, limits may have been set, other folders may have appeared, or the server may be
    /// back.
    /// </summary>
    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        var others = await _store.RegisterAsync(_folder, cancellationToken);
        // Seen only once, the other gateway may be one that refuses to start. A gateway that comes later sees this one
        // from its start on, and lets no call through in the meantime.
        _consecutiveSightings = others.Count == 0 ? 0 : _consecutiveSightings + 1;
        if (_consecutiveSightings == 1 && _admission.SuspensionCause is null)
            return;
        Suspend(others);
        var problem = others.Count == 0 ? null : DescribeConflict(others);
        if (problem is not null && !_problemLogged)
            LogConflict(_log, problem);
        _problemLogged = problem is not null;
    }

    /// <summary>
    /// As long as there are others, no hard limit can be enforced, including one set later. The text names no machine,
    /// because any client may read it.
    /// </summary>
    private void Suspend(IReadOnlyList<InstanceHeartbeat> others) =>
        _admission.Suspend(
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
            _admission.Limits.FirstOrDefault(static limit =>
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

    /// <summary>
    /// The folder's identity, created once: gateways on one folder share it, regardless of their machine or container
    /// name.
    /// </summary>
    private static Guid ReadOrCreateIdentity(string dataFolder, TimeProvider clock)
    {
        var path = Path.Combine(dataFolder, "folder.id");
        for (var tries = 0; ; tries++)
        {
            if (File.Exists(path) && Guid.TryParse(File.ReadAllText(path).Trim(), out var known))
                return known;
            if (tries == 10)
                throw new InvalidDataException(
                    $"'{path}' does not contain a valid identity of the data folder. Remove it, and start again."
                );
            var own = Path.Combine(dataFolder, $"folder.id.{Guid.CreateVersion7(clock.GetUtcNow()):N}");
            File.WriteAllText(own, $"{Guid.CreateVersion7(clock.GetUtcNow())}\n");
            try
            {
                File.Move(own, path); // Atomic; the second process to arrive uses the first one's.
            }
            catch (IOException) when (File.Exists(path))
            {
                File.Delete(own);
            }
        }
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
        "Cannot determine whether gateways of other data folders use this database, so hard limits may be exceeded in "
            + "total: {Reason}"
    )]
    private static partial void LogUnknown(ILogger log, string reason);
}
