namespace Tollgate.Api.Compatibility.LiteLlm.Members;

/// <summary>Users to be deleted.</summary>
internal sealed record DeleteUsersBody
{
    /// <summary>The names.</summary>
    public required IReadOnlyList<string> UserIds { get; init; }
}
