namespace Tollgate.Api.Compatibility.LiteLlm.Keys;

/// <summary>Keys to be revoked.</summary>
internal sealed record DeleteKeysBody
{
    /// <summary>The keys themselves, or their tokens.</summary>
    public IReadOnlyList<string>? Keys { get; init; }

    /// <summary>Their names, each of which only one key has.</summary>
    public IReadOnlyList<string>? KeyAliases { get; init; }
}
