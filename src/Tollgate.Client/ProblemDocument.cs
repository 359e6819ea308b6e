namespace Tollgate.Client;

/// <summary>The body of an error response.</summary>
internal sealed record ProblemDocument
{
    public string? Title { get; init; }

    public string? Detail { get; init; }

    public string? Code { get; init; }

    public string? TraceId { get; init; }

    public IReadOnlyList<ProblemError>? Errors { get; init; }
}
