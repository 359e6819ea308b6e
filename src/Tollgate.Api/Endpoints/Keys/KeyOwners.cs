using Tollgate.Api.Authorization;
using Tollgate.Api.Problems;
using Tollgate.Identity.Permissions;
using Tollgate.Operations.Keys;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Api.Endpoints.Keys;

/// <summary>
/// Keeps senders from having keys in the name of others: those would spend the budgets of others, and show them.
/// </summary>
internal sealed class KeyOwners(Workspace workspace)
{
    private readonly KeyOperations _keys = new(workspace);

    /// <summary>Requires that a sender may have a key with these owners.</summary>
    /// <exception cref="ProblemException">They are not within the reach of the sender.</exception>
    public async Task RequireAsync(Principal sender, KeyOwner owner, CancellationToken cancellationToken)
    {
        var reach = sender.Reach;
        if (reach.IsEverything())
            return;
        if (!reach.Includes(key: null, owner.User, owner.Team))
            throw CreateException(sender, "Set the user or the team to one of them.");
        if (owner is { Team: null, Organization: null })
            return;
        // Those who belong to a team or an organization are those who have a key of it.
        var own = (await _keys.ListAsync(cancellationToken))
            .Where(key => key.RevokedAt is null && reach.Includes(key.Id, key.User, key.Team))
            .ToList();
        if (owner.Team is { } team && !reach.Includes(key: null, user: null, team) && own.All(key => key.Team != team))
            throw CreateException(sender, $"None of these keys belongs to the team '{team}'. Leave it out.");
        if (owner.Organization is { } organization && own.All(key => key.Organization != organization))
            throw CreateException(
                sender,
                $"None of these keys belongs to the organization '{organization}'. Leave it out."
            );
    }

    private static ProblemException CreateException(Principal sender, string advice) =>
        new(ProblemCode.Forbidden, $"{sender.Describe()} may have keys only for {sender.Reach.Describe()}. {advice}");
}
