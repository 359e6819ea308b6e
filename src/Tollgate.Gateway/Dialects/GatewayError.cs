using Microsoft.AspNetCore.Http;

namespace Tollgate.Gateway.Dialects;

/// <summary>What went wrong, before a dialect gives it its own shape.</summary>
internal enum GatewayErrorKind
{
    InvalidRequest,
    Authentication,
    Permission,
    NotFound,
    TooLarge,
    RateLimited,
    BudgetExceeded,
    Overloaded,
    ProviderFailed,
    TimedOut,
}

/// <summary>A refusal by the gate itself, for a dialect to write.</summary>
/// <param name="Kind">What went wrong.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Message">What, where, with which value, and what to do.</param>
/// <param name="Code">A stable word for programs.</param>
/// <param name="RetryAfter">When trying again makes sense; null where it does not.</param>
internal sealed record GatewayError(
    GatewayErrorKind Kind,
    int Status,
    string Message,
    string Code,
    TimeSpan? RetryAfter = null
)
{
    /// <summary>The limit that refused; null where it was none.</summary>
    public string? Limit { get; init; }

    /// <summary>What else the caller is told; null where nothing is.</summary>
    public IHeaderDictionary? Headers { get; init; }

    public static GatewayError Invalid(string message, string code = "invalid_request") =>
        new(GatewayErrorKind.InvalidRequest, 400, message, code);

    public static GatewayError Unauthenticated(string message) =>
        new(GatewayErrorKind.Authentication, 401, message, "invalid_api_key");

    public static GatewayError Forbidden(string message, string code) =>
        new(GatewayErrorKind.Permission, 403, message, code);

    public static GatewayError NotFound(string message, string code) =>
        new(GatewayErrorKind.NotFound, 404, message, code);

    public static GatewayError TooLarge(string message) =>
        new(GatewayErrorKind.TooLarge, 413, message, "request_too_large");

    public static GatewayError Overloaded(string message, TimeSpan retryAfter, string code = "overloaded") =>
        new(GatewayErrorKind.Overloaded, 503, message, code, retryAfter);

    /// <summary>A limit of the caller's is spent; <paramref name="retryAfter"/> where waiting helps.</summary>
    public static GatewayError RateLimited(string message, TimeSpan? retryAfter) =>
        new(GatewayErrorKind.RateLimited, 429, message, "rate_limit_exceeded", retryAfter);

    /// <summary>A budget of the caller's is spent.</summary>
    public static GatewayError BudgetExceeded(string message, TimeSpan? retryAfter) =>
        new(GatewayErrorKind.BudgetExceeded, 429, message, "budget_exceeded", retryAfter);

    public static GatewayError ProviderFailed(string message, int status = 502, string code = "provider_failed") =>
        new(GatewayErrorKind.ProviderFailed, status, message, code);

    public static GatewayError TimedOut(string message) =>
        new(GatewayErrorKind.TimedOut, 504, message, "provider_timeout");
}
