namespace Tollgate.Identity.Tokens;

/// <summary>A one-time link that is valid.</summary>
/// <param name="Purpose">The use.</param>
/// <param name="Username">The account whose password it sets; null for the first account.</param>
/// <param name="ExpiresAt">From when on it is not valid.</param>
public sealed record SignInLink(LinkPurpose Purpose, string? Username, DateTimeOffset ExpiresAt);
