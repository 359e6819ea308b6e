namespace Tollgate.Api.Compatibility.LiteLlm.Members;

/// <summary>Teams to be deleted.</summary>
internal sealed record DeleteTeamsBody
{
    /// <summary>The names.</summary>
    public required IReadOnlyList<string> TeamIds { get; init; }
}
