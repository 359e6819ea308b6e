using Tollgate.Accounting.Usage;
using Tollgate.Identity.Permissions;
using Tollgate.Operations.Keys;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Api.Endpoints.Usage;

/// <summary>
/// Converts the reach of a sender into a condition on records. A team is that of a key, so a team's usage is that of
/// its keys.
/// </summary>
internal sealed class UsageReachResolver(Workspace workspace)
{
    private readonly KeyOperations _keys = new(workspace);

    /// <summary>Returns the condition.</summary>
    public async Task<UsageReach> ResolveAsync(Reach reach, CancellationToken cancellationToken) =>
        reach switch
        {
            Reach.Everything => UsageReach.Everything,
            Reach.Own own => UsageReach.Limited([], [own.User], []),
            Reach.Key key => UsageReach.Limited([key.Id], [], []),
            Reach.Teams teams => UsageReach.Limited(
                [
                    .. (await _keys.ListAsync(cancellationToken))
                        .Where(key => key.Team is { } team && teams.Names.Contains(team, StringComparer.Ordinal))
                        .Select(static key => key.Id),
                ],
                [],
                []
            ),
            _ => UsageReach.Nothing,
        };
}
