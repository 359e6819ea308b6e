using Tollgate.Dashboard.Layout;

namespace Tollgate.Dashboard.Pages.SignIn;

/// <summary>
/// The page on which a one-time link is used: it creates the first account, or sets the password of one.
/// </summary>
/// <param name="Frame">Its frame.</param>
/// <param name="IsFirst">True if there is no account yet.</param>
public sealed record SetupModel(FrameModel Frame, bool IsFirst)
{
    /// <summary>The one-time token as entered; the link has it after <c>#t=</c>, which browsers do not send.</summary>
    public string Token { get; init; } = "";

    /// <summary>The name as entered.</summary>
    public string Username { get; init; } = "";

    /// <summary>The reason for which nothing was changed; null if there is none.</summary>
    public string? Problem { get; init; }
}
