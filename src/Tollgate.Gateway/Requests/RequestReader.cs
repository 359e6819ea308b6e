using Microsoft.AspNetCore.Http;
using Tollgate.Gateway.Dialects;

namespace Tollgate.Gateway.Requests;

/// <summary>Reads a request's body into pooled memory, or returns the reason why it cannot.</summary>
internal sealed class RequestReader(RequestMemoryBudget memory, long maxLength)
{
    /// <summary>Reads to the end of the body.</summary>
    /// <returns>Null if <paramref name="body"/> now holds the whole request.</returns>
    public async ValueTask<GatewayError?> ReadAsync(HttpContext http, BufferedRequest body)
    {
        var stated = http.Request.ContentLength;
        if (stated > maxLength)
            return TooLarge(stated.Value);
        if (stated is { } length && !body.TryReserve(length))
            return MemoryExhausted();

        var reader = http.Request.BodyReader;
        while (true)
        {
            var result = await reader.ReadAsync(http.RequestAborted);
            var bytes = result.Buffer;
            if (body.Length + bytes.Length > maxLength)
                return TooLarge(body.Length + bytes.Length);
            var fits = body.TryAppend(bytes, stated ?? 0);
            reader.AdvanceTo(bytes.End);
            if (!fits)
                return MemoryExhausted();
            if (result.IsCompleted)
                return null;
        }
    }

    private GatewayError TooLarge(long length) =>
        GatewayError.TooLarge($"The request body has {length:N0} bytes or more; at most {maxLength:N0} are allowed.");

    private GatewayError MemoryExhausted() =>
        GatewayError.Overloaded(
            $"All {memory.Total:N0} bytes for request bodies are in use ({memory.Used:N0} now). Retry shortly.",
            TimeSpan.FromSeconds(1)
        );
}
