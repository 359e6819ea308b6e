using Tollgate.Accounting;
using Tollgate.Accounting.Limits.Definitions;
using Tollgate.Configuration.Settings;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Text;

namespace Tollgate.Hosting;

/// <summary>
/// Imports the limits of the gateway's configuration into its registry when the gateway starts, or applies them in this
/// gateway only if the registry cannot be updated.
/// </summary>
internal sealed partial class LimitImporter(
    GatewaySettings settings,
    GatewayStores stores,
    LimitSynchronizer limits,
    ILogger<LimitImporter> log
) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var all = settings
            .Limits.SelectMany(static source => source.Limits.Select(limit => limit with { Owner = source.Owner }))
            .ToList();
        if (stores.Registry.LastFailure is { } failure)
        {
            // The start does not wait again for a server that has just failed to respond.
            limits.SetProvisional(all);
            if (all.Count > 0)
                ImportSkipped(log, failure.Message);
            return;
        }

        try
        {
            var definitions = await LimitDefinitions.OpenAsync(stores.Options, stores.Ledger.Limits, cancellationToken);
            var version = 0L;
            IReadOnlyList<string> owners = [.. settings.Limits.Select(static source => source.Owner)];
            foreach (var source in settings.Limits)
            {
                var brought = await definitions.ImportAsync(source.Owner, source.Limits, owners, cancellationToken);
                version = Math.Max(version, brought.Version);
                foreach (var (wanted, holding) in brought.Conflicts)
                {
                    if (holding.Owner is { } first)
                        ConflictKept(log, wanted.Id, first, FormatAmount(holding), source.Owner, FormatAmount(wanted));
                    else
                        RuntimeLimitKept(log, wanted.Id, source.Owner);
                    all.RemoveAll(limit => limit.Id == wanted.Id);
                }

                foreach (var change in brought.Changes.Where(static change => change.After is null))
                    LogRemoved(log, change.Before!.Id, source.Owner);
            }

            limits.SetProvisional(all, version);
        }
        catch (LedgerUnavailableException away)
        {
            limits.SetProvisional(all);
            ImportSkipped(log, away.Message);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(
        40,
        LogLevel.Warning,
        "The limit '{Limit}' was set at run time and stays in force: its definition in {Owner} is ignored. See "
            + "'tollgate limits list'; after 'tollgate limits delete' the file decides again."
    )]
    private static partial void RuntimeLimitKept(ILogger log, string limit, string owner);

    [LoggerMessage(
        48,
        LogLevel.Error,
        "The limit '{Limit}' belongs to {First}, which defined it first with {FirstAmount}: its definition in "
            + "{Owner}, {Amount}, is ignored. Gateways that share a registry should start with the same file under "
            + "the same path; after 'tollgate limits delete' the next start decides."
    )]
    private static partial void ConflictKept(
        ILogger log,
        string limit,
        string first,
        string firstAmount,
        string owner,
        string amount
    );

    private static string FormatAmount(Limit limit) => LimitText.FormatAmount(limit.Metric, limit.Amount);

    [LoggerMessage(41, LogLevel.Information, "Removed limit '{Limit}': it is no longer defined in {Owner}.")]
    private static partial void LogRemoved(ILogger log, string limit, string owner);

    [LoggerMessage(
        42,
        LogLevel.Warning,
        "The configuration's limits apply in this gateway only until it restarts, because they could not be saved in "
            + "the registry: {Reason}"
    )]
    private static partial void ImportSkipped(ILogger log, string reason);
}
