namespace Tollgate.Api.Endpoints.Keys;

/// <summary>Those whose limits count the calls of a key.</summary>
/// <param name="User">The user; null if calls name it.</param>
/// <param name="Team">The team; null if there is none.</param>
/// <param name="Organization">The organization; null if there is none.</param>
internal readonly record struct KeyOwner(string? User, string? Team, string? Organization);
