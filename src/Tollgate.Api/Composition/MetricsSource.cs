namespace Tollgate.Api.Composition;

/// <summary>The metrics of the gateway beside the API, as text for Prometheus.</summary>
/// <param name="WriteAsync">Returns the current text.</param>
/// <param name="ContentType">The media type of the text.</param>
public sealed record MetricsSource(Func<CancellationToken, Task<string>> WriteAsync, string ContentType)
{
    /// <summary>True if any client that reaches the gateway may read them.</summary>
    public bool IsPublic { get; init; }
}
