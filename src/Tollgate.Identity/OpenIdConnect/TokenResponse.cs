namespace Tollgate.Identity.OpenIdConnect;

/// <summary>The response of a provider's token endpoint (RFC 6749, 5.1); only what is needed of it.</summary>
internal sealed record TokenResponse
{
    /// <summary>The identity token.</summary>
    public string? IdToken { get; init; }
}
