namespace Tollgate.Dashboard.Assets;

/// <summary>A file that pages load.</summary>
internal sealed record Asset
{
    /// <summary>Its name, such as <c>tollgate.css</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Its path below the program's own, with a digest of its content.</summary>
    public required string Path { get; init; }

    /// <summary>Its media type.</summary>
    public required string ContentType { get; init; }

    /// <summary>Its content.</summary>
    public required byte[] Content { get; init; }

    /// <summary>Its content compressed by Brotli; null if that would not make it smaller.</summary>
    public required Lazy<byte[]>? Compressed { get; init; }
}
