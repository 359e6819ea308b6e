using Tollgate.Accounting.AuditTrail;
using Tollgate.Accounting.Limits.Definitions;
using Tollgate.Metering.Limits;
using Tollgate.Operations.Limits;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Operations.Keys;

/// <summary>Sets the limits of a user or a team as a whole, under the same names as those of a key.</summary>
/// <param name="workspace">The ledger whose registry holds the limits.</param>
public sealed class MemberLimitOperations(Workspace workspace)
{
    /// <summary>
    /// Sets limits, and counts what was spent before in their windows. A budget replaces one with another duration.
    /// </summary>
    /// <param name="owner">The user or the team.</param>
    /// <param name="limits">The new limits.</param>
    /// <param name="actor">The actor.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="OperationException">A limit is not valid.</exception>
    public async Task SetAsync(ScopeTerm owner, KeyLimits limits, Actor actor, CancellationToken cancellationToken)
    {
        KeyLimitsValidator.Validate(limits);
        var made = KeyLimitConverter.Create(limits, owner, workspace.Now);
        await workspace.AuditTrail.WriteAsync(
            actor,
            await new ScopeLimitWriter(workspace).SetAsync(
                await KeepWindowsAsync(made, cancellationToken),
                countsEarlier: true,
                cancellationToken
            )
        );
    }

    /// <summary>Deletes all limits of a user or a team that were set at run time.</summary>
    /// <param name="owner">The user or the team.</param>
    /// <param name="actor">The actor.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public async Task DeleteAsync(ScopeTerm owner, Actor actor, CancellationToken cancellationToken)
    {
        var definitions = await workspace.OpenLimitsAsync(withCounters: true, cancellationToken);
        foreach (var limit in (await definitions.ListAsync(cancellationToken)).Limits)
        {
            if (limit.Owner is not null || !limit.Scope.Terms.Contains(owner))
                continue;
            await definitions.DeleteAsync(limit.Id, cancellationToken);
            await workspace.AuditTrail.WriteAsync(actor, new LimitChange(limit, null).ToAudited("limit.delete"));
        }
    }

    /// <summary>A window of several days keeps its first day, so that a new amount does not start it again.</summary>
    private async Task<IReadOnlyList<Limit>> KeepWindowsAsync(
        IReadOnlyList<Limit> made,
        CancellationToken cancellationToken
    )
    {
        var definitions = await workspace.OpenLimitsAsync(withCounters: true, cancellationToken);
        var known = (await definitions.ListAsync(cancellationToken)).Limits.ToDictionary(static limit => limit.Id);
        return
        [
            .. made.Select(limit =>
                known.TryGetValue(limit.Id, out var old) ? limit with { Window = old.Window } : limit
            ),
        ];
    }
}
