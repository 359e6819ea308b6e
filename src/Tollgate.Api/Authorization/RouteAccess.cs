using Tollgate.Identity.Permissions;

namespace Tollgate.Api.Authorization;

/// <summary>The sender that a route demands, and the part of the data that it shows.</summary>
/// <param name="Permission">The permission; null if none is needed.</param>
/// <param name="Reach">The part of the data.</param>
internal readonly record struct RouteAccess(Permission? Permission, RouteReach Reach)
{
    /// <summary>
    /// True if programs on this machine need no credential as long as there is neither an account nor a virtual key.
    /// </summary>
    public bool IsOpenAtFirst { get; init; }

    /// <summary>
    /// True if a virtual key needs no permission, because it reaches only what concerns itself.
    /// </summary>
    public bool AdmitsKeys { get; init; }

    /// <summary>True if a sender has the permission, or needs none.</summary>
    public bool Permits(Principal principal) =>
        Permission is not { } permission
        || principal.May(permission)
        || (AdmitsKeys && principal.Kind == PrincipalKind.VirtualKey);

    /// <summary>Anyone, without a credential.</summary>
    public static RouteAccess Public => new(null, RouteReach.Nothing);

    /// <summary>Anyone with a valid credential, about themselves only.</summary>
    public static RouteAccess SignedIn => new(null, RouteReach.Self);

    /// <summary>Those with a permission, for the part of the data within their reach.</summary>
    public static RouteAccess Within(Permission permission) => new(permission, RouteReach.Within);

    /// <summary>Those with a permission whose reach is not restricted.</summary>
    public static RouteAccess Everything(Permission permission) => new(permission, RouteReach.Everything);
}
