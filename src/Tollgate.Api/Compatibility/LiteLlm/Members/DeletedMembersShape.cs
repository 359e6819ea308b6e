namespace Tollgate.Api.Compatibility.LiteLlm.Members;

/// <summary>The users or teams that were deleted, and their keys.</summary>
/// <param name="Deleted">The users or teams.</param>
/// <param name="RevokedKeys">The tokens of their keys, which were revoked.</param>
internal sealed record DeletedMembersShape(IReadOnlyList<string> Deleted, IReadOnlyList<string> RevokedKeys);
