using Tollgate.Accounting.Limits.Admission;
using Tollgate.Accounting.Registry;
using Tollgate.Accounting.Usage;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Operations.Forecasts;

/// <summary>
/// The usage counted against limits, in slots of 15 minutes. Limits with the same scope are read once.
/// </summary>
internal sealed class ScopeUsage(Workspace workspace, DailyUsage ledger, UsagePeriod period)
{
    private readonly Dictionary<string, IReadOnlyList<(DateTimeOffset Slot, decimal Amount)>> _slots = new(
        StringComparer.Ordinal
    );

    private IReadOnlyList<VirtualKey>? _keys;

    /// <summary>Slots and amounts in US dollars, in order.</summary>
    public async Task<IReadOnlyList<(DateTimeOffset Slot, decimal Amount)>> GetAsync(
        LimitStatus status,
        BudgetScope scope,
        CancellationToken cancellationToken
    )
    {
        var name = $"{status.Limit.Scope}\n{status.Target}";
        if (_slots.TryGetValue(name, out var known))
            return known;
        if (scope.IsByKey)
            _keys ??= await KeysAsync(cancellationToken);
        return _slots[name] = scope.Tag is null
            ? await SumsAsync(scope, cancellationToken)
            : await CallsAsync(scope, cancellationToken);
    }

    private async Task<IReadOnlyList<(DateTimeOffset Slot, decimal Amount)>> SumsAsync(
        BudgetScope scope,
        CancellationToken cancellationToken
    )
    {
        var sums = await ledger.SlotsAsync(
            period,
            scope.IsByKey ? UsageDimension.Key : null,
            scope.Conditions,
            cancellationToken
        );
        return Merge(
            sums.Where(sum => !scope.IsByKey || IsInScope(scope, sum.Name)).Select(static sum => (sum.Slot, sum.Amount))
        );
    }

    /// <summary>The ledger has no rollups by tag, so each call of the period is read.</summary>
    private async Task<IReadOnlyList<(DateTimeOffset Slot, decimal Amount)>> CallsAsync(
        BudgetScope scope,
        CancellationToken cancellationToken
    )
    {
        var amounts = new Dictionary<DateTimeOffset, decimal>();
        await foreach (var (key, slot, amount) in ledger.CallsAsync(period, scope, cancellationToken))
        {
            if (!scope.IsByKey || IsInScope(scope, key))
                amounts[slot] = amounts.GetValueOrDefault(slot) + amount;
        }

        return Merge(amounts.Select(static pair => (pair.Key, pair.Value)));
    }

    private static (DateTimeOffset Slot, decimal Amount)[] Merge(
        IEnumerable<(DateTimeOffset Slot, decimal Amount)> slots
    ) =>
        [
            .. slots
                .GroupBy(static slot => slot.Slot)
                .OrderBy(static slot => slot.Key)
                .Select(static slot => (slot.Key, slot.Sum(static one => one.Amount))),
        ];

    private bool IsInScope(BudgetScope scope, string? key) =>
        key is not null && _keys!.Any(one => one.Id == key && scope.Contains(one));

    private async Task<IReadOnlyList<VirtualKey>> KeysAsync(CancellationToken cancellationToken) =>
        await (await workspace.OpenKeysAsync(cancellationToken)).ListAsync(cancellationToken);
}
