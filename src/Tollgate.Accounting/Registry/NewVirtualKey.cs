namespace Tollgate.Accounting.Registry;

/// <summary>A request to create a key.</summary>
public sealed record NewVirtualKey
{
    /// <summary>The name of the key.</summary>
    public required string Name { get; init; }

    /// <inheritdoc cref="VirtualKey.User"/>
    public string? User { get; init; }

    /// <inheritdoc cref="VirtualKey.Project"/>
    public string? Project { get; init; }

    /// <inheritdoc cref="VirtualKey.Team"/>
    public string? Team { get; init; }

    /// <inheritdoc cref="VirtualKey.Organization"/>
    public string? Organization { get; init; }

    /// <inheritdoc cref="VirtualKey.Metadata"/>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <inheritdoc cref="VirtualKey.AllowedModels"/>
    public IReadOnlyList<string>? AllowedModels { get; init; }

    /// <inheritdoc cref="VirtualKey.ExpiresAt"/>
    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>A key that was just created.</summary>
/// <param name="Key">The public properties of the key.</param>
/// <param name="Secret">The key itself. It is not stored anywhere, so this is the only chance to hand it over.</param>
public sealed record IssuedVirtualKey(VirtualKey Key, string Secret)
{
    /// <summary>Returns the public part only, so that a logged record does not reveal the key.</summary>
    public override string ToString() => $"{Key.Prefix}… ({Key.Id})";
}
