using Tollgate.Dashboard.Layout;

namespace Tollgate.Dashboard.Pages.SignIn;

/// <summary>The page on which a person signs in.</summary>
/// <param name="Frame">Its frame.</param>
public sealed record SignInModel(FrameModel Frame)
{
    /// <summary>The name as entered.</summary>
    public string Username { get; init; } = "";

    /// <summary>The page to show afterwards, below the program's path.</summary>
    public string Return { get; init; } = "";

    /// <summary>The reason for which the person could not be signed in; null if there is none.</summary>
    public string? Problem { get; init; }

    /// <summary>True if people can also sign in at an identity provider.</summary>
    public bool HasIdentityProvider { get; init; }
}
