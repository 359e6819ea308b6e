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

/// <summary>Brings the limits of a gate's configuration into its directory.</summary>
internal static partial class LimitSources
{
    /// <summary>Brings them, or has them hold in this gate alone where the directory cannot be told.</summary>
    public static async Task BringAsync(
        GateSettings settings,
        LedgerOptions options,
        UsageLedger ledger,
        DirectoryWatcher directory,
        LimitFollower follower,
        ILogger log,
        CancellationToken cancellation
    )
    {
        var all = settings
            .Limits.SelectMany(static source => source.Limits.Select(limit => limit with { Owner = source.Owner }))
            .ToList();
        if (directory.LastError is not null)
        {
            // The start does not wait again for a server that has just not answered.
            follower.Hold(all);
            if (all.Count > 0)
                NotBrought(log, directory.LastError);
            return;
        }

        try
        {
            var definitions = await LimitDefinitions.OpenAsync(options, ledger.Limits, cancellation);
            var version = 0L;
            IReadOnlyList<string> owners = [.. settings.Limits.Select(static source => source.Owner)];
            foreach (var source in settings.Limits)
            {
                var brought = await definitions.BringAsync(source.Owner, source.Limits, owners, cancellation);
                version = Math.Max(version, brought.Version);
                foreach (var (wanted, holding) in brought.Conflicts)
                {
                    if (holding.Owner is { } first)
                        KeptAsBrought(log, wanted.Id, first, AmountOf(holding), source.Owner, AmountOf(wanted));
                    else
                        KeptAsSet(log, wanted.Id, source.Owner);
                    all.RemoveAll(limit => limit.Id == wanted.Id);
                }

                foreach (var change in brought.Changes.Where(static change => change.After is null))
                    Removed(log, change.Before!.Id, source.Owner);
            }

            follower.Hold(all, version);
        }
        catch (LedgerUnavailableException away)
        {
            follower.Hold(all);
            NotBrought(log, away.Message);
        }
    }

    [LoggerMessage(
        40,
        LogLevel.Warning,
        "The limit '{Limit}' was set at run time, and holds as it was set: what {Owner} says of it does not. See "
            + "'tollgate limits list'; 'tollgate limits delete' lets the file decide again."
    )]
    private static partial void KeptAsSet(ILogger log, string limit, string owner);

    [LoggerMessage(
        48,
        LogLevel.Error,
        "The limit '{Limit}' belongs to {First}, which brought it first and says {FirstAmount}: what {Owner} says of "
            + "it, {Amount}, does not hold. Gates that share a directory should start with one file, under one path; "
            + "'tollgate limits delete' lets the next start decide."
    )]
    private static partial void KeptAsBrought(
        ILogger log,
        string limit,
        string first,
        string firstAmount,
        string owner,
        string amount
    );

    private static string AmountOf(Limit limit) => LimitText.WriteAmount(limit.Metric, limit.Amount);

    [LoggerMessage(41, LogLevel.Information, "The limit '{Limit}' is no more in {Owner}, so it was removed.")]
    private static partial void Removed(ILogger log, string limit, string owner);

    [LoggerMessage(
        42,
        LogLevel.Warning,
        "The configuration's limits hold in this gate alone until it is started again, because the directory could "
            + "not be told of them: {Reason}"
    )]
    private static partial void NotBrought(ILogger log, string reason);

    /// <summary>Tells of a counter that is not what the ledger says.</summary>
    public static void Drifted(ILogger log, LimitDrift drift)
    {
        var metric = drift.Limit.Metric;
        if (drift.Ledger > drift.Counter)
            Behind(
                log,
                drift.Limit.Name,
                drift.Target,
                LimitAmount.ToText(metric, drift.Counter),
                LimitAmount.ToText(metric, drift.Ledger)
            );
        else
            Ahead(
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
        "The counter of the limit '{Limit}' of '{Target}' was {Counter}, behind the ledger's {Ledger}, and was raised "
            + "to it."
    )]
    private static partial void Behind(ILogger log, string limit, string target, string counter, string ledger);

    [LoggerMessage(
        45,
        LogLevel.Warning,
        "The counter of the limit '{Limit}' of '{Target}' is {Counter}, ahead of the ledger's {Ledger}; it was left "
            + "so. 'tollgate limits reset' begins it anew."
    )]
    private static partial void Ahead(ILogger log, string limit, string target, string counter, string ledger);

    [LoggerMessage(43, LogLevel.Error, "{Problem}")]
    public static partial void Unreadable(ILogger log, string problem);
}
