using Tollgate.Identity.Accounts;
using Tollgate.Identity.Permissions;

namespace Tollgate.Identity.OpenIdConnect;

/// <summary>A person verified by the identity provider.</summary>
/// <param name="Identity">The person at the provider.</param>
/// <param name="Username">The proposed username; null if the provider has none.</param>
/// <param name="Role">The role; null if none of the person's values has one.</param>
/// <param name="Teams">The teams; null if the provider does not decide them.</param>
internal sealed record VerifiedPerson(
    ExternalIdentity Identity,
    string? Username,
    Role? Role,
    IReadOnlyList<string>? Teams
);
