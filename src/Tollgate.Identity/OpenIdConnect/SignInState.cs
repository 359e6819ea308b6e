namespace Tollgate.Identity.OpenIdConnect;

/// <summary>The half of a sign-in that stays with the browser, encrypted in a cookie.</summary>
/// <param name="Nonce">The text that the identity token must contain.</param>
/// <param name="Verifier">The proof that the code was requested here (RFC 7636).</param>
/// <param name="ReturnPath">The page to which the browser goes afterwards.</param>
/// <param name="ExpiresAt">When it is no longer accepted.</param>
internal sealed record SignInState(string Nonce, string Verifier, string ReturnPath, DateTimeOffset ExpiresAt);
