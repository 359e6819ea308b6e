using Tollgate.Accounting.SignIns;
using Tollgate.Dashboard.Layout;
using Tollgate.Identity.Permissions;

namespace Tollgate.Dashboard.Pages.Me;

/// <summary>The page about the person who is signed in.</summary>
/// <param name="Frame">Its frame.</param>
/// <param name="Person">The person.</param>
public sealed record MeModel(FrameModel Frame, Principal Person)
{
    /// <summary>The usage that the person may see, as a sentence.</summary>
    public required string Reach { get; init; }

    /// <summary>The sign-ins of the person that have not ended.</summary>
    public required IReadOnlyList<SignInSession> Sessions { get; init; }
}
