using Tollgate.Api.Authorization;
using Tollgate.Identity.Permissions;
using Tollgate.Metering.Limits;
using Tollgate.Operations.Keys;
using Tollgate.Operations.Limits;

namespace Tollgate.Api.Endpoints.Limits;

/// <summary>Compares limits with the reach of a sender.</summary>
internal static class LimitReach
{
    /// <summary>The members of a team: a manager divides the team's budget among them.</summary>
    private static readonly LimitDimension[] Members =
    [
        LimitDimension.User,
        LimitDimension.Project,
        LimitDimension.Application,
    ];

    /// <summary>True if a sender with this reach sees a limit.</summary>
    /// <param name="reach">The reach.</param>
    /// <param name="scope">The scope of the limit.</param>
    /// <param name="keys">All keys.</param>
    public static bool Shows(this Reach reach, IReadOnlyList<LimitScopeTerm> scope, IReadOnlyList<KeyDetails> keys) =>
        reach.IsEverything() || scope.Any(term => IsWithin(reach, term, keys));

    /// <summary>
    /// True if a sender with this reach may change a limit. Limits on a whole team bind its managers, too.
    /// </summary>
    /// <param name="reach">The reach.</param>
    /// <param name="scope">The scope of the limit.</param>
    /// <param name="keys">All keys.</param>
    public static bool Manages(this Reach reach, IReadOnlyList<LimitScopeTerm> scope, IReadOnlyList<KeyDetails> keys) =>
        reach.IsEverything()
        || scope.Any(term =>
            IsWithin(reach, term, keys)
            && (term.Dimension != LimitDimension.Team || scope.Any(static part => Members.Contains(part.Dimension)))
        );

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
