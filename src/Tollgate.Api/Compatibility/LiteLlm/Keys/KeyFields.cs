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
