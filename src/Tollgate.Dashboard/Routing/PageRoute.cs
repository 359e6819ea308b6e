using Tollgate.Identity.Permissions;

namespace Tollgate.Dashboard.Routing;

/// <summary>A row of the table of pages.</summary>
/// <param name="Method">The HTTP method: <c>GET</c> for a page, <c>POST</c> for a change by a form.</param>
/// <param name="Path">The path, below the program's own.</param>
internal sealed record PageRoute(string Method, string Path)
{
    /// <summary>The permission that the person must have; null if being signed in is enough.</summary>
    public Permission? Permission { get; init; }

    /// <summary>True if it can be requested without being signed in.</summary>
    public bool IsPublic { get; init; }

    /// <summary>Formats it as <c>GET /calls</c>.</summary>
    public override string ToString() => $"{Method} {Path}";
}
