using Tollgate.Metering.Wire;

namespace Tollgate.Gateway.Dialects;

/// <summary>How the pieces of a streamed answer are told apart.</summary>
internal enum StreamFormat
{
    /// <summary>The operation never streams.</summary>
    None,

    /// <summary>Server-sent events.</summary>
    ServerSentEvents,

    /// <summary>A JSON array, sent element by element.</summary>
    JsonArray,
}

/// <summary>Where a stream states its usage.</summary>
/// <param name="Path">The names that lead to the usage object within a frame's JSON.</param>
/// <param name="IsRepeated">Whether every chunk states the usage so far, and only the last one the call's.</param>
internal sealed record UsageStatement(IReadOnlyList<string> Path, bool IsRepeated = false);

/// <summary>One thing that a caller can ask for in a dialect.</summary>
internal sealed record Operation
{
    /// <summary>OpenTelemetry's <c>gen_ai.operation.name</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The route patterns, with <c>{model}</c> where the path names the model.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>The path at the provider, behind its base address; null where it is the caller's own.</summary>
    public string? UpstreamPath { get; init; }

    /// <summary>A meter for one answer.</summary>
    public required Func<IUsageMeter> NewMeter { get; init; }

    /// <summary>
    /// How it streams where the request's body asks for it, or always where <see cref="AlwaysStreams"/>.
    /// </summary>
    public StreamFormat StreamFormat { get; init; }

    /// <summary>Whether the path itself asks for a stream.</summary>
    public bool AlwaysStreams { get; init; }

    /// <summary>Whether a usage chunk must be asked for by <c>stream_options.include_usage</c>.</summary>
    public bool AsksForUsage { get; init; }

    /// <summary>Where a stream states its usage; null where the operation never streams.</summary>
    public UsageStatement? Usage { get; init; }

    /// <summary>Whether providers charge nothing for it.</summary>
    public bool IsFree { get; init; }

    /// <summary>Whether it generates output, so that an answer without a usage statement has one to estimate.</summary>
    public bool Generates { get; init; } = true;
}
