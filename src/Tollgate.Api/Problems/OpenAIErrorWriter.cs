using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Tollgate.Api.Problems;

/// <summary>Writes refusals for clients of OpenAI and LiteLLM.</summary>
internal static class OpenAIErrorWriter
{
    /// <summary>Writes a refusal.</summary>
    public static Task WriteAsync(HttpContext http, ProblemException refusal)
    {
        ProblemWriter.SetHead(http.Response, refusal);
        var first = refusal.Errors is [var error, ..] ? error : null;
        var body = new OpenAIError(
            new OpenAIErrorDetails
            {
                Message = refusal.Message,
                Type = GetType(refusal.Code.Status),
                Param = first?.Parameter ?? first?.Pointer?.TrimStart('/'),
                Code = refusal.Code.Status.ToString(CultureInfo.InvariantCulture),
            }
        );
        return http.Response.WriteAsJsonAsync(
            body,
            ProblemJson.Readable.OpenAIError,
            "application/json",
            http.RequestAborted
        );
    }

    private static string GetType(int status) =>
        status switch
        {
            StatusCodes.Status401Unauthorized => "authentication_error",
            StatusCodes.Status403Forbidden => "permission_error",
            StatusCodes.Status404NotFound => "not_found_error",
            StatusCodes.Status429TooManyRequests => "rate_limit_error",
            StatusCodes.Status501NotImplemented => "not_implemented_error",
            >= StatusCodes.Status500InternalServerError => "server_error",
            _ => "invalid_request_error",
        };
}
