namespace Tollgate.Api.Problems;

/// <summary>The kinds of errors, as programs see them in <see cref="Problem.Code"/>.</summary>
internal sealed record ProblemCode(string Name, int Status, string Title)
{
    public static readonly ProblemCode InvalidRequest = new("invalid_request", 400, "The request is not valid.");
    public static readonly ProblemCode Unauthenticated = new("unauthenticated", 401, "A valid credential is required.");
    public static readonly ProblemCode WrongCredentials = new(
        "wrong_credentials",
        401,
        "The name or the password is wrong."
    );
    public static readonly ProblemCode Forbidden = new("forbidden", 403, "The credential does not allow this.");
    public static readonly ProblemCode CrossSite = new("cross_site", 403, "The request comes from another site.");
    public static readonly ProblemCode NotFound = new("not_found", 404, "It does not exist.");
    public static readonly ProblemCode MethodNotAllowed = new("method_not_allowed", 405, "The method is not allowed.");
    public static readonly ProblemCode NotAcceptable = new("not_acceptable", 406, "The format is not available.");
    public static readonly ProblemCode Conflict = new("conflict", 409, "The current state does not allow this.");
    public static readonly ProblemCode Stale = new("stale", 412, "It was changed in the meantime.");
    public static readonly ProblemCode TooLarge = new("too_large", 413, "The body is too large.");
    public static readonly ProblemCode UnsupportedMediaType = new(
        "unsupported_media_type",
        415,
        "The body has the wrong type."
    );
    public static readonly ProblemCode KeyReused = new("idempotency_key_reused", 422, "The idempotency key was used.");
    public static readonly ProblemCode RevisionRequired = new("revision_required", 428, "If-Match is required.");
    public static readonly ProblemCode TooManyRequests = new("too_many_requests", 429, "Too many requests.");
    public static readonly ProblemCode Internal = new("internal", 500, "An unexpected error.");
    public static readonly ProblemCode NotImplemented = new("not_implemented", 501, "It is not implemented.");
    public static readonly ProblemCode ProviderFailed = new("provider_failed", 502, "A provider did not deliver.");
    public static readonly ProblemCode Unavailable = new("unavailable", 503, "It is currently unavailable.");

    /// <summary>All of them, in the order of their status codes.</summary>
    public static readonly IReadOnlyList<ProblemCode> All =
    [
        InvalidRequest,
        Unauthenticated,
        WrongCredentials,
        Forbidden,
        CrossSite,
        NotFound,
        MethodNotAllowed,
        NotAcceptable,
        Conflict,
        Stale,
        TooLarge,
        UnsupportedMediaType,
        KeyReused,
        RevisionRequired,
        TooManyRequests,
        Internal,
        NotImplemented,
        ProviderFailed,
        Unavailable,
    ];
}
