namespace Tollgate.Api.Problems;

/// <summary>The body of an error response (RFC 9457).</summary>
internal sealed record Problem
{
    /// <summary>The media type of the body.</summary>
    public const string MediaType = "application/problem+json";

    /// <summary>The status code of the response.</summary>
    public required int Status { get; init; }

    /// <summary>The kind of error for people; the same for all errors of a <see cref="Code"/>.</summary>
    public required string Title { get; init; }

    /// <summary>The error for people: what, where, which value, what is allowed.</summary>
    public required string Detail { get; init; }

    /// <summary>The kind of error for programs.</summary>
    public required string Code { get; init; }

    /// <summary>The single errors of a request that is not valid; otherwise null.</summary>
    public IReadOnlyList<ProblemError>? Errors { get; init; }

    /// <summary>The trace of the request, for a search in the log.</summary>
    public string? TraceId { get; init; }
}

/// <summary>One error in a request.</summary>
internal sealed record ProblemError
{
    /// <summary>The parameter of the URL or the header; null if the error is in the body.</summary>
    public string? Parameter { get; init; }

    /// <summary>The place in the body as a JSON Pointer (RFC 6901); null if the error is not in the body.</summary>
    public string? Pointer { get; init; }

    /// <summary>The kind of error for programs.</summary>
    public required string Code { get; init; }

    /// <summary>The error for people.</summary>
    public required string Message { get; init; }

    /// <summary>The allowed values, if there are few; otherwise null.</summary>
    public IReadOnlyList<string>? Allowed { get; init; }
}
