using Tollgate.Identity.Permissions;

namespace Tollgate.Identity;

/// <summary>The identity provider with which people sign in by OpenID Connect.</summary>
public sealed record OpenIdOptions
{
    /// <summary>The issuer, exactly as the provider states it. Its metadata is below it.</summary>
    public required Uri Issuer { get; init; }

    /// <summary>The id under which the provider has registered this gateway.</summary>
    public required string ClientId { get; init; }

    /// <summary>The secret of the registration; null for a public client, which PKCE protects.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>The scopes that are requested.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = ["openid", "profile", "email"];

    /// <summary>The claim with the username of an account that is created at the first sign-in.</summary>
    public string UsernameClaim { get; init; } = "preferred_username";

    /// <summary>The claim with the values of <see cref="Roles"/>; dots lead into objects.</summary>
    public string RoleClaim { get; init; } = "groups";

    /// <summary>
    /// The roles by the values of the role claim. The first one that a person has counts; a person without one may not
    /// sign in.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, Role>> Roles { get; init; } = [];

    /// <summary>The claim with the teams that a manager manages; null to keep those of the account.</summary>
    public string? TeamsClaim { get; init; }

    /// <summary>
    /// The address to which the provider returns; null for <c>/signin-oidc</c> on the address of the request.
    /// </summary>
    public Uri? RedirectUri { get; init; }

    /// <summary>Returns the issuer and the client, so that a logged record does not reveal the secret.</summary>
    public override string ToString() => $"{ClientId} at {Issuer}";
}
