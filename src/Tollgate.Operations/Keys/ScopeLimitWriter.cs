using Tollgate.Accounting.Limits.Definitions;
using Tollgate.Metering.Limits;
using Tollgate.Operations.Limits;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Operations.Keys;

/// <summary>Sets the limits of one key, user, or team.</summary>
internal sealed class ScopeLimitWriter(Workspace workspace)
{
    /// <summary>Sets limits, and deletes budgets with another duration, which they replace.</summary>
    /// <param name="made">The limits.</param>
    /// <param name="countsEarlier">True to count what was spent before in their windows.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The changes, to be recorded in the audit trail.</returns>
    public async Task<IReadOnlyList<AuditedChange>> SetAsync(
        IReadOnlyList<Limit> made,
        bool countsEarlier,
        CancellationToken cancellationToken
    )
    {
        if (made.Count == 0)
            return [];
        var wanted = made.ToDictionary(static limit => limit.Id, StringComparer.Ordinal);
        var definitions = await workspace.OpenLimitsAsync(countsEarlier, cancellationToken);
        var changes = await definitions.SetAsync(
            wanted.ToDictionary(
                static pair => pair.Key,
                static pair =>
                    (Func<Limit?, Limit>)(before => pair.Value with { AlertThresholds = before?.AlertThresholds ?? [] })
            ),
            cancellationToken
        );
        var replaced = (await definitions.ListAsync(cancellationToken))
            .Limits.Where(old =>
                !wanted.ContainsKey(old.Id) && made.Any(limit => KeyLimitConverter.Replaces(limit, old))
            )
            .ToList();
        foreach (var old in replaced)
            await definitions.DeleteAsync(old.Id, cancellationToken);
        if (countsEarlier)
            await workspace.CountEarlierUsageAsync(changes, cancellationToken);
        return
        [
            .. changes.Select(static change => change.ToAudited("limit.set")),
            .. replaced.Select(static old => new LimitChange(old, null).ToAudited("limit.delete")),
        ];
    }
}
