namespace Tollgate.Metering.Usage;

/// <summary>The attribution of a call. Every part is optional; absent is null, never an empty string.</summary>
public sealed record Attribution
{
    /// <summary>No attribution.</summary>
    public static readonly Attribution None = new();

    /// <summary>The public id of the virtual key (never the key itself).</summary>
    public string? KeyId { get; init; }

    /// <summary>The user who owns the key, or the one that a trusted header names.</summary>
    public string? User { get; init; }

    /// <summary>The project.</summary>
    public string? Project { get; init; }

    /// <summary>The caller's conversation (session).</summary>
    public string? Session { get; init; }

    /// <summary>The calling application.</summary>
    public string? Application { get; init; }

    /// <summary>
    /// The end user that the request body names (OpenAI's <c>user</c>, Anthropic's <c>metadata.user_id</c>).
    /// </summary>
    public string? EndUser { get; init; }

    /// <summary>Free-form labels, comma separated.</summary>
    public string? Tags { get; init; }
}
