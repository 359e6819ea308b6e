using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tollgate.SimulatedProvider.Anthropic;
using Tollgate.SimulatedProvider.Gemini;
using Tollgate.SimulatedProvider.OpenAI;
using Tollgate.SimulatedProvider.Requests;

namespace Tollgate.SimulatedProvider.Serving;

/// <summary>Refuses a call in its family's dialect.</summary>
internal static class ErrorResponse
{
    public static async Task SendAsync(
        HttpContext context,
        ProviderFamily family,
        int status,
        string message,
        long? retryAfter = null
    )
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
            Write(json, context, family, status, message);
        context.Response.StatusCode = status;
        if (retryAfter is { } seconds)
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        await SendBytesAsync(context, "application/json", buffer.WrittenMemory);
    }

    /// <summary>The error page of a proxy that is unaware of dialects.</summary>
    public static Task SendHtmlAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        var page =
            "<html>\r\n<head><title>Bad Gateway</title></head>\r\n"u8
            + "<body><center><h1>Bad Gateway</h1></center></body>\r\n</html>\r\n"u8;
        return SendBytesAsync(context, "text/html", page.ToArray());
    }

    private static void Write(
        Utf8JsonWriter json,
        HttpContext context,
        ProviderFamily family,
        int status,
        string message
    )
    {
        if (family is ProviderFamily.Anthropic)
            AnthropicErrors.Write(json, status, message, RequestIds.Get(context));
        else if (family is ProviderFamily.Gemini)
            GeminiErrors.Write(json, status, message);
        else
            OpenAIErrors.Write(json, status, message);
    }

    private static async Task SendBytesAsync(HttpContext context, string type, ReadOnlyMemory<byte> bytes)
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }
}
