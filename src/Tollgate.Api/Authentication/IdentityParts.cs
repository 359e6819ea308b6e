using Tollgate.Accounting.Stores;
using Tollgate.Identity.Accounts;
using Tollgate.Identity.OpenIdConnect;
using Tollgate.Identity.Providers;
using Tollgate.Identity.Secrets;
using Tollgate.Identity.Sessions;
using Tollgate.Identity.Tokens;

namespace Tollgate.Api.Authentication;

/// <summary>The open services of sign-in.</summary>
internal sealed record IdentityParts
{
    /// <summary>The accounts.</summary>
    public required AccountRegistry Accounts { get; init; }

    /// <summary>The check of names and passwords.</summary>
    public required SignIn SignIn { get; init; }

    /// <summary>The sessions.</summary>
    public required ActiveSessions Sessions { get; init; }

    /// <summary>The access tokens of API sessions.</summary>
    public required AccessTokens AccessTokens { get; init; }

    /// <summary>The pairs of tokens of API sessions.</summary>
    public required RefreshTokens RefreshTokens { get; init; }

    /// <summary>The keys of access tokens.</summary>
    public required SigningKeys SigningKeys { get; init; }

    /// <summary>The tokens of programs.</summary>
    public required ServiceTokens ServiceTokens { get; init; }

    /// <summary>The encryption of secrets in the registry.</summary>
    public required SecretBox Secrets { get; init; }

    /// <summary>The registry.</summary>
    public required IRegistryStore Registry { get; init; }

    /// <summary>Sign-in at an identity provider; null if none is set.</summary>
    public required OpenIdSignIn? OpenId { get; init; }

    /// <summary>The stored keys of providers.</summary>
    public required ProviderKeyRegistry ProviderKeys { get; init; }

    /// <summary>The one-time links.</summary>
    public required SetupLinks Links { get; init; }
}
