using Tollgate.Api.Contracts.Keys;

namespace Tollgate.Api.Compatibility.LiteLlm.Keys;

/// <summary>The properties of a key in a request.</summary>
internal abstract record KeyFields : KeyLimitFields
{
    /// <summary>The name.</summary>
    public string? KeyAlias { get; init; }

    /// <summary>How long it is accepted from now on, such as <c>30d</c>.</summary>
    public string? Duration { get; init; }

    /// <summary>The user that all its usage is attributed to.</summary>
    public string? UserId { get; init; }

    /// <summary>The team that it belongs to.</summary>
    public string? TeamId { get; init; }

    /// <summary>The organization that it belongs to.</summary>
    public string? OrganizationId { get; init; }

    /// <summary>The project that all its usage is attributed to.</summary>
    public string? ProjectId { get; init; }

    /// <summary>The only models that it may call; empty if it may call all.</summary>
    public IReadOnlyList<string>? Models { get; init; }

    /// <summary>Notes of its creator.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}

/// <summary>A key to be created.</summary>
internal sealed record GenerateKeyBody : KeyFields;

/// <summary>A change to a key. Absent fields stay as they are.</summary>
internal sealed record UpdateKeyBody : KeyFields
{
    /// <summary>The key itself, or its token.</summary>
    public required string Key { get; init; }
}

/// <summary>Keys to be revoked.</summary>
internal sealed record DeleteKeysBody
{
    /// <summary>The keys themselves, or their tokens.</summary>
    public IReadOnlyList<string>? Keys { get; init; }

    /// <summary>Their names, each of which only one key has.</summary>
    public IReadOnlyList<string>? KeyAliases { get; init; }
}

/// <summary>Options of a new secret.</summary>
internal sealed record RegenerateKeyBody
{
    /// <summary>How long the old secret still works, such as <c>24h</c>.</summary>
    public string? GracePeriod { get; init; }
}

/// <summary>The response to <c>/key/delete</c>.</summary>
/// <param name="DeletedKeys">The tokens of the keys.</param>
internal sealed record DeletedKeysShape(IReadOnlyList<string> DeletedKeys);

/// <summary>A page of keys.</summary>
internal sealed record KeyPageShape(IReadOnlyList<KeyShape> Keys, int TotalCount, int CurrentPage, int TotalPages);

/// <summary>A page of the tokens of keys.</summary>
internal sealed record KeyIdPageShape(IReadOnlyList<string> Keys, int TotalCount, int CurrentPage, int TotalPages);
