using Tollgate.Accounting;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Limits.Definitions;
using Tollgate.Accounting.Limits.Reconciliation;
using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Stores;
using Tollgate.Configuration.Settings;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Text;

namespace Tollgate.Hosting;

/// <summary>Imports the limits of a gateway's configuration into its registry.</summary>
internal static partial class LimitImporter
{
    /// <summary>Imports the limits, or applies them in this gateway only if the registry cannot be updated.</summary>
    public static async Task ImportAsync(
        GatewaySettings settings,
        LedgerOptions options,
        UsageLedger ledger,
        RegistryWatcher directory,
        LimitSynchronizer follower,
        ILogger log,
        CancellationToken cancellationToken
    )
    {
        var all = settings
            .Limits.SelectMany(static source => source.Limits.Select(limit => limit with { Owner = source.Owner }))
            .ToList();
        if (directory.LastError is not null)
        {
            // The start does not wait again for a server that has just failed to respond.
            follower.SetProvisional(all);
            if (all.Count > 0)
                ImportSkipped(log, directory.LastError);
            return;
        }

        try
        {
            var definitions = await LimitDefinitions.OpenAsync(options, ledger.Limits, cancellationToken);
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

            follower.SetProvisional(all, version);
        }
        catch (LedgerUnavailableException away)
        {
            follower.SetProvisional(all);
            ImportSkipped(log, away.Message);
        }
    }

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

    /// <summary>Logs a counter that differs from the ledger.</summary>
    public static void LogDrift(ILogger log, LimitDrift drift)
    {
        var metric = drift.Limit.Metric;
        if (drift.Ledger > drift.Counter)
            LogBehind(
                log,
                drift.Limit.Name,
                drift.Target,
                LimitAmount.ToText(metric, drift.Counter),
                LimitAmount.ToText(metric, drift.Ledger)
            );
        else
            LogAhead(
                log,
                drift.Limit.Name,
                drift.Target,
                LimitAmount.ToText(metric, drift.Counter),
                LimitAmount.ToText(metric, drift.Ledger)
            );
    }

    [LoggerMessage(
        44,
        LogLevel.Warning,
        "The counter of limit '{Limit}' for '{Target}' was {Counter}, behind the ledger's {Ledger}, and was raised to "
            + "match."
    )]
    private static partial void LogBehind(ILogger log, string limit, string target, string counter, string ledger);

    [LoggerMessage(
        45,
        LogLevel.Warning,
        "The counter of limit '{Limit}' for '{Target}' is {Counter}, ahead of the ledger's {Ledger}, and was left "
            + "unchanged. 'tollgate limits reset' resets it."
    )]
    private static partial void LogAhead(ILogger log, string limit, string target, string counter, string ledger);

    [LoggerMessage(43, LogLevel.Error, "{Problem}")]
    public static partial void LogUnreadable(ILogger log, string problem);
}
