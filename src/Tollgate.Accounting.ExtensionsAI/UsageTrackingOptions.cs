namespace Tollgate.Accounting.ExtensionsAI;

/// <summary>What is booked with every call of a client, where the call itself does not say otherwise.</summary>
/// <remarks>
/// A call says so by <c>ChatOptions.AdditionalProperties</c>, with the names in <see cref="UsageProperties"/>.
/// </remarks>
public sealed record UsageTrackingOptions
{
    /// <summary>The provider's id; where it is not given, the one that the client's metadata names.</summary>
    public string? Provider { get; init; }

    /// <summary>The calling application.</summary>
    public string? Application { get; init; }

    /// <summary>The user.</summary>
    public string? User { get; init; }

    /// <summary>The project.</summary>
    public string? Project { get; init; }

    /// <summary>The session or conversation.</summary>
    public string? Session { get; init; }

    /// <summary>Free labels, comma separated.</summary>
    public string? Tags { get; init; }
}
