using Tollgate.Metering.Wire;

namespace Tollgate.Gateway.Dialects;

/// <summary>The framing of a streamed response.</summary>
internal enum StreamFormat
{
    /// <summary>The operation never streams.</summary>
    None,

    /// <summary>Server-sent events.</summary>
    ServerSentEvents,

    /// <summary>A JSON array, sent element by element.</summary>
    JsonArray,
}

/// <summary>The location of the usage in a stream.</summary>
/// <param name="Path">The names that lead to the usage object within a frame's JSON.</param>
/// <param name="IsCumulative">
/// True if every chunk reports the usage so far, so that only the last one has the call's total.
/// </param>
internal sealed record UsageLocation(IReadOnlyList<string> Path, bool IsCumulative = false);

/// <summary>An operation that a caller can request in a dialect.</summary>
internal sealed record Operation
{
    /// <summary>OpenTelemetry's <c>gen_ai.operation.name</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The route patterns, with <c>{model}</c> where the path names the model.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>The path at the provider, relative to its base address; null to use the caller's own.</summary>
    public string? UpstreamPath { get; init; }

    /// <summary>Creates a meter for one response.</summary>
    public required Func<IUsageMeter> CreateMeter { get; init; }

    /// <summary>
    /// The format of the stream if the request's body asks for one, or always if <see cref="AlwaysStreams"/>.
    /// </summary>
    public StreamFormat StreamFormat { get; init; }

    /// <summary>True if the path itself requests a stream.</summary>
    public bool AlwaysStreams { get; init; }

    /// <summary>True if the usage chunk must be requested by <c>stream_options.include_usage</c>.</summary>
    public bool RequiresUsageOption { get; init; }

    /// <summary>The location of the usage in a stream; null if the operation never streams.</summary>
    public UsageLocation? UsageLocation { get; init; }

    /// <summary>True if providers do not charge for it.</summary>
    public bool IsFree { get; init; }

    /// <summary>
    /// True if it generates output, so that the output must be estimated if a response reports no usage.
    /// </summary>
    public bool GeneratesOutput { get; init; } = true;
}
