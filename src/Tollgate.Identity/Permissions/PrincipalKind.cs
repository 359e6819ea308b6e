namespace Tollgate.Identity.Permissions;

/// <summary>How a caller of the management API proved its identity.</summary>
public enum PrincipalKind
{
    /// <summary>A person who signed in.</summary>
    Account,

    /// <summary>A program with a service token.</summary>
    ServiceToken,

    /// <summary>A program with a virtual key of the gateway.</summary>
    VirtualKey,
}
