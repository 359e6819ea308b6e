using Tollgate.Identity.Accounts;
using Tollgate.Identity.Sessions;

namespace Tollgate.Identity.OpenIdConnect;

/// <summary>A person who has signed in at the identity provider.</summary>
/// <param name="Started">The session.</param>
/// <param name="ReturnPath">The page to which the browser goes.</param>
/// <param name="Change">The account that was created or changed; null if it was as the provider states.</param>
public sealed record CompletedOpenIdSignIn(StartedSession Started, string ReturnPath, AccountResult? Change);
