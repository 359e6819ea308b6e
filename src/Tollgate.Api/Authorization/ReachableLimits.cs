using Tollgate.Identity.Permissions;
using Tollgate.Metering.Limits;
using Tollgate.Operations.Keys;
using Tollgate.Operations.Limits;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Api.Authorization;

/// <summary>
/// The limits within a reach: those on one of its teams, its user, or its keys. Others, such as those on all calls, are
/// only within the reach of everything.
/// </summary>
internal sealed class ReachableLimits(Workspace workspace)
{
    private readonly LimitOperations _limits = new(workspace);
    private readonly KeyOperations _keys = new(workspace);

    /// <summary>Returns the limits within a reach.</summary>
    public async Task<IReadOnlyList<LimitDetails>> ListAsync(Reach reach, CancellationToken cancellationToken)
    {
        var limits = (await _limits.ListAsync(cancellationToken)).Limits;
        if (reach.IsEverything())
            return limits;
        var keys = await _keys.ListAsync(cancellationToken);
        return [.. limits.Where(limit => limit.Scope.Any(term => IsWithin(reach, term, keys)))];
    }

    /// <summary>Returns true if a limit on a scope is within a reach.</summary>
    public async Task<bool> IncludesAsync(
        Reach reach,
        IEnumerable<LimitScopeTerm> scope,
        CancellationToken cancellationToken
    )
    {
        if (reach.IsEverything())
            return true;
        var keys = await _keys.ListAsync(cancellationToken);
        return scope.Any(term => IsWithin(reach, term, keys));
    }

    private static bool IsWithin(Reach reach, LimitScopeTerm term, IReadOnlyList<KeyDetails> keys) =>
        (term.Dimension, term.Value) switch
        {
            (LimitDimension.Team, { } team) => reach.Includes(key: null, user: null, team),
            (LimitDimension.User, { } user) => reach.Includes(key: null, user, team: null),
            (LimitDimension.Key, { } id) => keys.FirstOrDefault(key => key.Id == id) is { } key
                && reach.Includes(key.Id, key.User, key.Team),
            _ => false,
        };
}
