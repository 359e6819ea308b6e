namespace Tollgate.Metering.Usage;

/// <summary>
/// The attribution of a call. Every part is optional; absent is null. An empty text is absent, too, so that sums by
/// name and records by name agree.
/// </summary>
public sealed record Attribution
{
    /// <summary>No attribution.</summary>
    public static readonly Attribution None = new();

    /// <summary>The public id of the virtual key (never the key itself).</summary>
    public string? KeyId
    {
        get;
        init => field = NullIfEmpty(value);
    }

    /// <summary>The user who owns the key, or the one that a trusted header names.</summary>
    public string? User
    {
        get;
        init => field = NullIfEmpty(value);
    }

    /// <summary>The project.</summary>
    public string? Project
    {
        get;
        init => field = NullIfEmpty(value);
    }

    /// <summary>The caller's conversation (session).</summary>
    public string? Session
    {
        get;
        init => field = NullIfEmpty(value);
    }

    /// <summary>The calling application.</summary>
    public string? Application
    {
        get;
        init => field = NullIfEmpty(value);
    }

    /// <summary>
    /// The end user that the request body names (OpenAI's <c>user</c>, Anthropic's <c>metadata.user_id</c>).
    /// </summary>
    public string? EndUser
    {
        get;
        init => field = NullIfEmpty(value);
    }

    /// <summary>Free-form labels, comma separated.</summary>
    public string? Tags
    {
        get;
        init => field = NullIfEmpty(value);
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
