using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Tollgate.Gateway.Dialects;

/// <summary>Writes the gateway's own responses, errors and model lists, in the caller's dialect.</summary>
internal static class ResponseWriter
{
    // Messages are read by people in terminals; they are never put into HTML.
    private static readonly JsonWriterOptions UnescapedJson = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>
    /// Writes an error, unless the response has started: after that, only aborting the connection can signal a failure.
    /// </summary>
    public static async Task WriteErrorAsync(HttpContext http, IDialect dialect, GatewayError error, string requestId)
    {
        if (http.Response.HasStarted)
        {
            http.Abort();
            return;
        }

        // Headers of a response that the caller does not receive, such as its content encoding, would contradict the
        // error.
        http.Response.Headers.Clear();
        if (requestId.Length > 0)
            http.Response.Headers["x-tollgate-request-id"] = requestId;
        if (error.Headers is { } headers)
            foreach (var header in headers)
                http.Response.Headers[header.Key] = header.Value;
        http.Response.StatusCode = error.Status;
        if (error.RetryAfter is { } wait)
            http.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds))
                .ToString(CultureInfo.InvariantCulture);
        // The client's own retries would only be refused again.
        if (error.Kind == GatewayErrorKind.BudgetExceeded)
            http.Response.Headers["x-should-retry"] = "false";
        await WriteJsonAsync(http, json => dialect.WriteError(json, error, requestId));
    }

    /// <summary>Writes JSON as a whole, so that its length is known.</summary>
    public static async Task WriteJsonAsync(HttpContext http, Action<Utf8JsonWriter> write)
    {
        var body = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(body, UnescapedJson))
            write(json);
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = body.WrittenCount;
        await http.Response.Body.WriteAsync(body.WrittenMemory, http.RequestAborted);
    }
}
