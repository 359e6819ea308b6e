namespace Tollgate.Operations.Providers;

/// <summary>A provider, as this process can call it. It contains no key.</summary>
public sealed record ProviderDetails
{
    /// <summary>The id, such as <c>openai</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The wire dialect that it speaks: <c>openai</c>, <c>anthropic</c>, or <c>gemini</c>.</summary>
    public required string Dialect { get; init; }

    /// <summary>Its base address, without credentials; null if it has none yet.</summary>
    public required string? Address { get; init; }

    /// <summary>True if calls can be sent to it.</summary>
    public required bool Configured { get; init; }

    /// <summary>Why it is not configured; null if it is.</summary>
    public required string? Reason { get; init; }

    /// <summary>Where the key in use is from.</summary>
    public required ProviderKeySource Source { get; init; }

    /// <summary>
    /// The variable that holds the key in use; if there is no key, the one that would hold it; null if none does.
    /// </summary>
    public required string? Variable { get; init; }

    /// <summary>The last characters of the key in use, such as <c>sk-…a1b2</c>; null if there is none.</summary>
    public required string? Key { get; init; }

    /// <summary>The key that the registry stores, in use or not; null if it stores none.</summary>
    public required StoredKeyDetails? StoredKey { get; init; }

    /// <summary>The models of the model list that it serves; empty if it serves any of its models.</summary>
    public required IReadOnlyList<string> Models { get; init; }

    /// <summary>The health of its deployments; null if it has none.</summary>
    public required DeploymentHealth? Health { get; init; }
}

/// <summary>A key that the registry stores.</summary>
/// <param name="Hint">Its last characters.</param>
/// <param name="CreatedAt">When it was stored.</param>
/// <param name="Problem">Why this process cannot use it; null if it can.</param>
public sealed record StoredKeyDetails(string? Hint, DateTimeOffset? CreatedAt, string? Problem);
