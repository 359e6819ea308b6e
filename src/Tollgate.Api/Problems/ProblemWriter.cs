using System.Globalization;
using Microsoft.AspNetCore.Http;
using Tollgate.Accounting;
using Tollgate.Accounting.Stores;
using Tollgate.Operations;

namespace Tollgate.Api.Problems;

/// <summary>Turns the exceptions of a request into responses.</summary>
internal static class ProblemWriter
{
    private static readonly TimeSpan StoreRetry = TimeSpan.FromSeconds(5);

    /// <summary>Returns the refusal that an exception means; null if it is an error of the program.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="readsOnly">True if the fields of the request are parameters, not in a body.</param>
    public static ProblemException? Convert(Exception exception, bool readsOnly) =>
        exception switch
        {
            ProblemException problem => problem,
            OperationException refused => Convert(refused, readsOnly),
            LedgerUnavailableException away => new(ProblemCode.Unavailable, away.Message) { RetryAfter = StoreRetry },
            LedgerSqlException rejected => new(ProblemCode.InvalidRequest, rejected.Message),
            FileNotFoundException missing => new(ProblemCode.Unavailable, missing.Message),
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => new(
                ProblemCode.TooLarge,
                "The body of this request is larger than the route accepts."
            ),
            BadHttpRequestException malformed => new(ProblemCode.InvalidRequest, malformed.Message),
            _ => null,
        };

    /// <summary>Writes a refusal.</summary>
    public static Task WriteAsync(HttpContext http, ProblemException refusal)
    {
        SetHead(http.Response, refusal);
        var problem = new Problem
        {
            Status = refusal.Code.Status,
            Title = refusal.Code.Title,
            Detail = refusal.Message,
            Code = refusal.Code.Name,
            Errors = refusal.Errors,
            TraceId = TraceId.Get(http),
        };
        return http.Response.WriteAsJsonAsync(
            problem,
            ProblemJson.Readable.Problem,
            Problem.MediaType,
            http.RequestAborted
        );
    }

    /// <summary>Sets the status and the headers of a refusal, which are the same in every form of the body.</summary>
    public static void SetHead(HttpResponse response, ProblemException refusal)
    {
        response.StatusCode = refusal.Code.Status;
        var retry = refusal.Code.Status == StatusCodes.Status503ServiceUnavailable ? StoreRetry : (TimeSpan?)null;
        if ((refusal.RetryAfter ?? retry) is { } wait)
            response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString("0", CultureInfo.InvariantCulture);
        if (refusal.Code.Status == StatusCodes.Status401Unauthorized)
            response.Headers.WWWAuthenticate = "Bearer";
    }

    private static ProblemException Convert(OperationException refused, bool readsOnly) =>
        refused.Error switch
        {
            OperationError.NotFound => new(ProblemCode.NotFound, refused.Message),
            OperationError.Conflict => new(ProblemCode.Conflict, refused.Message),
            _ when refused.Field is { } field => ProblemException.Invalid(
                new ProblemError
                {
                    Parameter = readsOnly ? field : null,
                    Pointer = readsOnly ? null : "/" + field,
                    Code = "not_allowed",
                    Message = refused.Message,
                }
            ),
            _ => new(ProblemCode.InvalidRequest, refused.Message),
        };
}
