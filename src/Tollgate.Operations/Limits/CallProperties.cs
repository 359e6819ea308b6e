namespace Tollgate.Operations.Limits;

/// <summary>The properties of a call by which limits apply to it. Null matches no limit that requires one.</summary>
public sealed record CallProperties
{
    /// <summary>The key's id, or the beginning of its id or shown prefix.</summary>
    public string? Key { get; init; }

    /// <summary>The user.</summary>
    public string? User { get; init; }

    /// <summary>The project.</summary>
    public string? Project { get; init; }

    /// <summary>The calling application.</summary>
    public string? Application { get; init; }

    /// <summary>The team of the key.</summary>
    public string? Team { get; init; }

    /// <summary>The organization of the key.</summary>
    public string? Organization { get; init; }

    /// <summary>The requested model.</summary>
    public string? Model { get; init; }

    /// <summary>The provider; if null, the one that the price list names for the model.</summary>
    public string? Provider { get; init; }

    /// <summary>A tag.</summary>
    public string? Tag { get; init; }
}
