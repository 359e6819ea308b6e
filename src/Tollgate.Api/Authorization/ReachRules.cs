using Tollgate.Identity.Permissions;

namespace Tollgate.Api.Authorization;

/// <summary>Compares data with the reach of a sender.</summary>
internal static class ReachRules
{
    /// <summary>True if the reach is not restricted.</summary>
    public static bool IsEverything(this Reach reach) => reach is Reach.Everything;

    /// <summary>
    /// True if data with these properties is within the reach; null for a property that it does not have.
    /// </summary>
    /// <param name="reach">The reach.</param>
    /// <param name="key">The id of the virtual key.</param>
    /// <param name="user">The user.</param>
    /// <param name="team">The team.</param>
    public static bool Includes(this Reach reach, string? key, string? user, string? team) =>
        reach switch
        {
            Reach.Everything => true,
            Reach.Teams teams => team is not null && teams.Names.Contains(team, StringComparer.Ordinal),
            Reach.Own own => user is not null && user == own.User,
            Reach.Key own => key is not null && key == own.Id,
            _ => false,
        };

    /// <summary>Describes the reach, as in "may see …".</summary>
    public static string Describe(this Reach reach) =>
        reach switch
        {
            Reach.Everything => "everything",
            Reach.Teams { Names.Count: > 0 } teams => $"the teams {string.Join(", ", teams.Names)}",
            Reach.Own own => $"the user {own.User}",
            Reach.Key own => $"the key {own.Id}",
            _ => "nothing",
        };

    /// <summary>Describes a sender, as in "… may not do this".</summary>
    public static string Describe(this Principal principal) =>
        principal.Kind switch
        {
            PrincipalKind.Account => $"the account {principal.Name}",
            PrincipalKind.ServiceToken => $"the service token {principal.Name}",
            _ => $"the key {principal.Name}",
        };
}
