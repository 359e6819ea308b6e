namespace Tollgate.Accounting.ExtensionsAI;

/// <summary>The values to record with every call of a client, unless the call itself sets others.</summary>
/// <remarks>
/// A call sets them in <c>ChatOptions.AdditionalProperties</c>, with the names in <see cref="UsageProperties"/>.
/// </remarks>
public sealed record UsageTrackingOptions
{
    /// <summary>The provider's id; if absent, the provider in the client's metadata.</summary>
    public string? Provider { get; init; }

    /// <summary>The calling application.</summary>
    public string? Application { get; init; }

    /// <summary>The user.</summary>
    public string? User { get; init; }

    /// <summary>The project.</summary>
    public string? Project { get; init; }

    /// <summary>The session or conversation.</summary>
    public string? Session { get; init; }

    /// <summary>Free-form labels, comma-separated.</summary>
    public string? Tags { get; init; }
}
