using Tollgate.Accounting.AuditTrail;
using Tollgate.Accounting.Limits.Admission;
using Tollgate.Metering.Limits;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Operations.Limits;

/// <summary>Finds and resets the counters of limits.</summary>
/// <param name="workspace">The ledger that counts.</param>
public sealed class CounterOperations(Workspace workspace)
{
    /// <summary>Returns the counters of a selection. Limits on concurrency and on single requests have none.</summary>
    /// <exception cref="OperationException">No key matches, or the selection has no condition.</exception>
    public async Task<IReadOnlyList<LimitUsage>> FindAsync(
        CounterSelection selection,
        CancellationToken cancellationToken
    )
    {
        var now = workspace.Now;
        return [.. (await SelectAsync(selection, cancellationToken)).Select(status => LimitUsage.Create(status, now))];
    }

    /// <summary>
    /// Resets the counters of a selection and returns their usage before. Amounts held by calls in flight stay
    /// reserved.
    /// </summary>
    /// <param name="selection">The counters.</param>
    /// <param name="actor">The actor.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="OperationException">No key matches, or the selection has no condition.</exception>
    public async Task<IReadOnlyList<LimitUsage>> ResetAsync(
        CounterSelection selection,
        Actor actor,
        CancellationToken cancellationToken
    )
    {
        var ledger = await workspace.OpenLedgerAsync(cancellationToken);
        var now = workspace.Now;
        var reset = new List<LimitUsage>();
        foreach (var status in await SelectAsync(selection, cancellationToken))
        {
            await ledger.Limits.ResetAsync(status.Limit, status.Target, cancellationToken);
            reset.Add(LimitUsage.Create(status, now));
        }

        await workspace.AuditTrail.WriteAsync(
            actor,
            [
                .. reset.Select(static usage =>
                    AuditedChange.Create("limit.reset", usage.Limit, usage, null, LimitJson.Default.LimitUsage)
                ),
            ]
        );
        return reset;
    }

    private async Task<IReadOnlyList<LimitStatus>> SelectAsync(
        CounterSelection selection,
        CancellationToken cancellationToken
    )
    {
        // A forgotten condition must not reset every counter.
        if (selection is { Limit: null, IsGlobal: false, Scope.Count: 0 })
            throw new OperationException(
                OperationError.Invalid,
                "No limits are selected. Name a limit, all calls together, or a scope such as a model or a user."
            );
        var definitions = await workspace.OpenLimitsAsync(withCounters: true, cancellationToken);
        var ledger = await workspace.OpenLedgerAsync(cancellationToken);
        var limits = (await definitions.ListAsync(cancellationToken)).Limits;
        var wanted = await workspace.ResolveScopeAsync(LimitScope.Create(selection.Scope), cancellationToken);
        var statuses = await LimitStatusReader.ReadAsync(ledger.Limits, limits, workspace.Now, cancellationToken);
        return [.. statuses.Where(status => IsSelected(status, selection, wanted))];
    }

    private static bool IsSelected(LimitStatus status, CounterSelection selection, LimitScope wanted)
    {
        if (status.Limit.Metric is LimitMetric.ConcurrentRequests or LimitMetric.CostPerRequest)
            return false; // These keep no counter.
        if (selection.Limit is { } id && status.Limit.Id != id)
            return false;
        if (selection.IsGlobal && !status.Limit.Scope.Terms.IsEmpty)
            return false;
        return wanted.Terms.All(term => GetScopeValue(status, term.Dimension) == term.Value);
    }

    /// <summary>
    /// Returns the value of a dimension in a counter's scope: a target's parts are in the order of the per-value terms.
    /// </summary>
    private static string? GetScopeValue(LimitStatus status, LimitDimension dimension)
    {
        // A tag comes last in a target, as it does among the terms.
        var parts = new LimitTarget(status.Target).Values;
        var next = 0;
        foreach (var term in status.Limit.Scope.Terms)
        {
            var value = term.Value ?? (next < parts.Count ? parts[next++] : null);
            if (term.Dimension == dimension)
                return value;
        }

        return null;
    }
}
