using Tollgate.Api.Authorization;
using Tollgate.Api.Problems;
using Tollgate.Identity.Permissions;

namespace Tollgate.Api.Endpoints.Accounts;

/// <summary>
/// Keeps a sender from getting more rights through another account: a service token that may write accounts could
/// otherwise create an administrator, and sign in as one.
/// </summary>
internal static class RoleGrants
{
    /// <summary>Requires that a sender has all permissions of a role, except those that concern only oneself.</summary>
    /// <exception cref="ProblemException">The sender lacks some, which the message lists.</exception>
    public static void Require(Principal sender, Role role)
    {
        var missing = RolePermissions
            .For(role, usersManageOwnKeys: true)
            .Where(permission => permission is not (Permission.SelfRead or Permission.SelfWrite))
            .Where(permission => !sender.May(permission))
            .Order()
            .Select(PermissionNames.ToName)
            .ToList();
        if (missing.Count > 0)
            throw new ProblemException(
                ProblemCode.Forbidden,
                $"The role {role.ToString().ToLowerInvariant()} has permissions that {sender.Describe()} lacks: "
                    + $"{string.Join(", ", missing)}. Ask an administrator."
            );
    }
}
