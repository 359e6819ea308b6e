using Tollgate.Identity.Accounts;
using Tollgate.Identity.Permissions;

namespace Tollgate.Identity.Sessions;

/// <summary>The permissions and the reach of a person who signed in.</summary>
internal static class AccountPrincipals
{
    public static Principal Create(AccountRow account, Guid session, IdentityOptions options) =>
        new()
        {
            Kind = PrincipalKind.Account,
            Name = account.Username,
            Role = account.Stored.Role,
            Permissions = RolePermissions.For(account.Stored.Role, options.UsersManageOwnKeys),
            Reach = account.Stored.Role switch
            {
                Role.Admin or Role.Viewer => new Reach.Everything(),
                Role.Manager => new Reach.Teams(account.Stored.Teams),
                Role.User => new Reach.Own(account.Stored.User),
                _ => new Reach.None(),
            },
            SessionId = session,
        };
}
