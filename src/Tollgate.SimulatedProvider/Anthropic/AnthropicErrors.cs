using System.Text.Json;
using Tollgate.SimulatedProvider.Answers;

namespace Tollgate.SimulatedProvider.Anthropic;

/// <summary>Errors as <c>{"type":"error","error":{"type","message"},"request_id"}</c>.</summary>
internal static class AnthropicErrors
{
    public static void Write(Utf8JsonWriter json, int status, string message, string requestId)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "error"u8);
        WriteError(json, GetErrorType(status), message);
        json.WriteString("request_id"u8, requestId);
        json.WriteEndObject();
    }

    /// <summary>The failure of a stream that has already started.</summary>
    public static void WriteEvent(EventWriter events)
    {
        events.Begin("error");
        events.Json.WriteString("type"u8, "error"u8);
        WriteError(events.Json, "overloaded_error", "Overloaded");
        events.End();
    }

    private static void WriteError(Utf8JsonWriter json, string type, string message)
    {
        json.WriteStartObject("error"u8);
        json.WriteString("type"u8, type);
        json.WriteString("message"u8, message);
        json.WriteEndObject();
    }

    private static string GetErrorType(int status) =>
        status switch
        {
            401 => "authentication_error",
            403 => "permission_error",
            404 => "not_found_error",
            413 => "request_too_large",
            429 => "rate_limit_error",
            529 => "overloaded_error",
            >= 500 => "api_error",
            _ => "invalid_request_error",
        };
}
