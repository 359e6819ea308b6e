using System.CommandLine;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Limits.Definitions;
using Tollgate.Accounting.Limits.Reconciliation;
using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Stores;
using Tollgate.Cli.Parsing;
using Tollgate.Metering.Limits;

namespace Tollgate.Cli.Limits;

/// <summary><c>tollgate limits …</c>: manages limits on requests, tokens and spend.</summary>
internal static class LimitsCommand
{
    public static Command Create(TimeProvider time) =>
        new("limits", "Set, list, check, delete and reset limits.")
        {
            new SetLimitsCommand(time).Create(),
            ListLimitsCommand.Create(time),
            ListLimitsCommand.CreateShow(time),
            new CheckLimitsCommand(time).Create(),
            DeleteLimitCommand.Create(time),
            new ResetLimitsCommand(time).Create(),
            ReleaseLeases.Create(time),
            ImportLimitsCommand.Create(time),
        };

    /// <summary>Opens the ledger with its limits for a command, and closes it afterwards.</summary>
    public static async Task<int> WithLimitsAsync(
        LedgerOptions options,
        Func<UsageLedger, LimitDefinitions, Task<int>> action,
        CancellationToken cancellationToken
    )
    {
        await using var ledger = await UsageLedger.OpenAsync(options, cancellationToken);
        return await action(ledger, await LimitDefinitions.OpenAsync(options, ledger.Limits, cancellationToken));
    }

    /// <summary>
    /// Lets limits that were just set include what was already spent in their windows. A running gateway does the same,
    /// and
    /// the first of them wins; but there may be no gateway running.
    /// </summary>
    public static async Task<IReadOnlyList<LimitDrift>> CountEarlierAsync(
        UsageLedger ledger,
        LedgerOptions options,
        IEnumerable<LimitChange> changes,
        CancellationToken cancellationToken
    )
    {
        await using var directory = await RegistryWatcher.StartAsync(options, cancellationToken);
        Limit[] set = [.. changes.Select(static change => change.After).OfType<Limit>()];
        return await new LimitReconciler(ledger.Limits, directory, options.TimeProvider).ReconcileAsync(
            set,
            isNew: true,
            cancellationToken
        );
    }

    /// <summary>Reports entries that cannot be read.</summary>
    public static async Task WarnAsync(LimitSet set, TextWriter error)
    {
        foreach (var problem in set.Problems)
            await error.WriteLineAsync($"tollgate: warning: {problem}");
    }

    public static async Task<int> FailAsync(ParseResult parsed, string message, int code = ExitCodes.Failed)
    {
        await parsed.InvocationConfiguration.Error.WriteLineAsync($"tollgate: {message}");
        return code;
    }
}
