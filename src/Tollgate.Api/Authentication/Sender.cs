using Tollgate.Identity.Permissions;

namespace Tollgate.Api.Authentication;

/// <summary>The sender of a request.</summary>
/// <param name="Principal">The account, token or key.</param>
/// <param name="UsesCookie">True if a browser's cookie identifies it.</param>
internal readonly record struct Sender(Principal Principal, bool UsesCookie);
