using Tollgate.Identity.Permissions;

namespace Tollgate.Identity.Sessions;

/// <summary>A session that has a new secret; the former one is no longer accepted.</summary>
/// <param name="Caller">The person.</param>
/// <param name="Token">The new secret for the client.</param>
public sealed record RotatedSession(Principal Caller, string Token)
{
    /// <summary>Returns the caller only, so that a logged record does not reveal the secret.</summary>
    public override string ToString() => Caller.Name;
}
