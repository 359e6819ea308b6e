using Tollgate.Api.Contracts.Keys;

namespace Tollgate.Api.Compatibility.LiteLlm.Members;

/// <summary>A team to be created.</summary>
internal sealed record NewTeamBody : KeyLimitFields
{
    /// <summary>The name in keys and limits; absent for the alias.</summary>
    public string? TeamId { get; init; }

    /// <summary>The name for people.</summary>
    public string? TeamAlias { get; init; }

    /// <summary>Notes of its creator.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}
