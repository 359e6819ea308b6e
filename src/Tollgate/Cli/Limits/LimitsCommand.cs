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
            new SetLimits(time).Create(),
            ListLimits.Create(time),
            ListLimits.CreateShow(time),
            new CheckLimits(time).Create(),
            DeleteLimit.Create(time),
            new ResetLimits(time).Create(),
            ReclaimGrants.Create(time),
            ImportLimits.Create(time),
        };

    /// <summary>Opens the ledger with its limits for a command, and closes it afterwards.</summary>
    public static async Task<int> WithLimitsAsync(
        LedgerOptions options,
        Func<UsageLedger, LimitDefinitions, Task<int>> action,
        CancellationToken cancellation
    )
    {
        await using var ledger = await UsageLedger.OpenAsync(options, cancellation);
        return await action(ledger, await LimitDefinitions.OpenAsync(options, ledger.Limits, cancellation));
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
        CancellationToken cancellation
    )
    {
        await using var directory = await DirectoryWatcher.StartAsync(options, cancellation);
        Limit[] set = [.. changes.Select(static change => change.After).OfType<Limit>()];
        return await new LimitReconciler(ledger.Limits, directory, options.TimeProvider).ReconcileAsync(
            set,
            isNew: true,
            cancellation
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
