using Microsoft.AspNetCore.Http;

namespace Tollgate.Gateway.Dialects;

/// <summary>The kinds of errors, which each dialect maps to its own format.</summary>
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

/// <summary>A refusal by the gateway itself, for a dialect to write.</summary>
/// <param name="Kind">The kind of error.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Message">The problem, its place, the value, and how to fix it.</param>
/// <param name="Code">A stable identifier for programs.</param>
/// <param name="RetryAfter">The delay after which a retry makes sense; null if it does not.</param>
internal sealed record GatewayError(
    GatewayErrorKind Kind,
    int Status,
    string Message,
    string Code,
    TimeSpan? RetryAfter = null
)
{
    /// <summary>The limit that refused the call; null if it was not a limit.</summary>
    public string? Limit { get; init; }

    /// <summary>Additional headers for the caller; null if there are none.</summary>
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

    /// <summary>Calls are not forwarded while they cannot be recorded.</summary>
    public static GatewayError LedgerUnavailable =>
        Overloaded(
            "The usage ledger cannot be written at the moment, so no calls are forwarded.",
            TimeSpan.FromSeconds(1),
            "ledger_unavailable"
        );

    /// <summary>A limit of the caller is exhausted; <paramref name="retryAfter"/> is set if waiting helps.</summary>
    public static GatewayError RateLimited(string message, TimeSpan? retryAfter) =>
        new(GatewayErrorKind.RateLimited, 429, message, "rate_limit_exceeded", retryAfter);

    /// <summary>A budget of the caller is exhausted.</summary>
    public static GatewayError BudgetExceeded(string message, TimeSpan? retryAfter) =>
        new(GatewayErrorKind.BudgetExceeded, 429, message, "budget_exceeded", retryAfter);

    public static GatewayError ProviderFailed(string message, int status = 502, string code = "provider_failed") =>
        new(GatewayErrorKind.ProviderFailed, status, message, code);

    public static GatewayError TimedOut(string message) =>
        new(GatewayErrorKind.TimedOut, 504, message, "provider_timeout");
}
