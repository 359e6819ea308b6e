namespace Tollgate.Identity.OpenIdConnect;

/// <summary>A sign-in that continues at the identity provider.</summary>
/// <param name="Address">The address to which the browser goes.</param>
/// <param name="Cookie">The value that the browser keeps until it comes back.</param>
public sealed record StartedOpenIdSignIn(Uri Address, string Cookie);
