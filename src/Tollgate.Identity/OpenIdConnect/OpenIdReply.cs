namespace Tollgate.Identity.OpenIdConnect;

/// <summary>The browser's return from the identity provider.</summary>
/// <param name="Code">The code; null if the provider refused.</param>
/// <param name="State">The text that was passed through the provider.</param>
/// <param name="Cookie">The value that the browser kept.</param>
/// <param name="Error">The provider's error (RFC 6749, 4.1.2.1); null if it did not refuse.</param>
/// <param name="Issuer">The issuer in the response (RFC 9207); null if the provider does not send it.</param>
public sealed record OpenIdReply(string? Code, string? State, string? Cookie, string? Error, string? Issuer);
