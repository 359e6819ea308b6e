namespace Tollgate.Identity.Tokens;

/// <summary>A one-time link as stored in its entry, whose name is the SHA-256 of its token.</summary>
/// <param name="Purpose">The use.</param>
/// <param name="Account">The account whose password it sets; null for the first account.</param>
/// <param name="ExpiresAt">From when on it is not valid.</param>
internal sealed record StoredLink(LinkPurpose Purpose, string? Account, DateTimeOffset ExpiresAt);
