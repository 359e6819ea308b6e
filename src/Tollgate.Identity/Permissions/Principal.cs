using Tollgate.Accounting.AuditTrail;

namespace Tollgate.Identity.Permissions;

/// <summary>A caller whose identity was verified, with its permissions at that time.</summary>
public sealed record Principal
{
    /// <summary>How the caller proved its identity.</summary>
    public required PrincipalKind Kind { get; init; }

    /// <summary>The name of the account or service token, or the id of the virtual key.</summary>
    public required string Name { get; init; }

    /// <summary>The role of the account; null for programs.</summary>
    public Role? Role { get; init; }

    /// <summary>The actions that the caller may take on data within <see cref="Reach"/>.</summary>
    public required IReadOnlySet<Permission> Permissions { get; init; }

    /// <summary>The data on which the permissions hold.</summary>
    public required Reach Reach { get; init; }

    /// <summary>The session of the account; null for programs.</summary>
    public Guid? SessionId { get; init; }

    /// <summary>Creates the caller with a virtual key, which was verified.</summary>
    /// <param name="id">The id of the key.</param>
    public static Principal CreateForVirtualKey(string id) =>
        new()
        {
            Kind = PrincipalKind.VirtualKey,
            Name = id,
            Permissions = RolePermissions.VirtualKey,
            Reach = new Reach.Key(id),
        };

    /// <summary>True if the caller has a permission; the data concerned must be within reach too.</summary>
    public bool May(Permission permission) => Permissions.Contains(permission);

    /// <summary>Returns the caller as the actor of changes in the audit trail.</summary>
    public Actor ToActor() =>
        Kind switch
        {
            PrincipalKind.Account => new Actor(ActorKind.Account, Name),
            PrincipalKind.ServiceToken => new Actor(ActorKind.Token, Name),
            // A key's id, marked so that a service token of the same name is another actor.
            _ => new Actor(ActorKind.Token, $"key:{Name}"),
        };
}
