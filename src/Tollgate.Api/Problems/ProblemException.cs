namespace Tollgate.Api.Problems;

/// <summary>The request is refused; the response has the reason.</summary>
/// <param name="code">The kind of error.</param>
/// <param name="detail">The error for people.</param>
/// <param name="errors">The single errors of a request that is not valid.</param>
internal sealed class ProblemException(ProblemCode code, string detail, IReadOnlyList<ProblemError>? errors = null)
    : Exception(detail)
{
    /// <summary>The kind of error.</summary>
    public ProblemCode Code { get; } = code;

    /// <summary>The single errors; null unless the request is not valid.</summary>
    public IReadOnlyList<ProblemError>? Errors { get; } = errors;

    /// <summary>When the same request may be sent again; null if it would fail again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Creates the exception for the errors of a request; its detail is all of their messages.</summary>
    public static ProblemException Invalid(params IReadOnlyList<ProblemError> errors) =>
        new(ProblemCode.InvalidRequest, string.Join(" ", errors.Select(static error => error.Message)), errors);
}
