using System.Net;

namespace Tollgate.Client;

/// <summary>The gateway refused a request, with its reasons (RFC 9457).</summary>
public sealed class TollgateProblemException : Exception
{
    internal TollgateProblemException(HttpStatusCode status, ProblemDocument? problem, TimeSpan? retryAfter)
        : base(problem?.Detail ?? $"The gateway responded with status {(int)status}.")
    {
        (Status, RetryAfter) = (status, retryAfter);
        (Code, Title, TraceId) = (problem?.Code ?? "unknown", problem?.Title, problem?.TraceId);
        Errors = problem?.Errors ?? [];
    }

    /// <summary>The status code.</summary>
    public HttpStatusCode Status { get; }

    /// <summary>The kind of error for programs, such as <c>not_found</c>.</summary>
    public string Code { get; }

    /// <summary>The kind of error for people; null if the response does not have it.</summary>
    public string? Title { get; }

    /// <summary>The single errors of a request that is not valid.</summary>
    public IReadOnlyList<ProblemError> Errors { get; }

    /// <summary>The trace under which the gateway's log has the request; null if there is none.</summary>
    public string? TraceId { get; }

    /// <summary>The time after which the same request may succeed; null if it would fail again.</summary>
    public TimeSpan? RetryAfter { get; }
}
