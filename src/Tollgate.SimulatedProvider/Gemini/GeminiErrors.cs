using System.Text.Json;
using Tollgate.SimulatedProvider.Answers;

namespace Tollgate.SimulatedProvider.Gemini;

/// <summary>Errors as <c>{"error":{"code","message","status"}}</c>.</summary>
internal static class GeminiErrors
{
    public static void Write(Utf8JsonWriter json, int status, string message)
    {
        json.WriteStartObject();
        WriteError(json, status, message);
        json.WriteEndObject();
    }

    /// <summary>The failure of a stream that has already started.</summary>
    public static void WriteEvent(EventWriter events)
    {
        events.Begin();
        WriteError(events.Json, 503, "The model is overloaded. Please try again later.");
        events.End();
    }

    private static void WriteError(Utf8JsonWriter json, int status, string message)
    {
        json.WriteStartObject("error"u8);
        json.WriteNumber("code"u8, status);
        json.WriteString("message"u8, message);
        json.WriteString("status"u8, GetErrorStatus(status));
        json.WriteEndObject();
    }

    private static string GetErrorStatus(int status) =>
        status switch
        {
            401 => "UNAUTHENTICATED",
            403 => "PERMISSION_DENIED",
            404 => "NOT_FOUND",
            429 => "RESOURCE_EXHAUSTED",
            503 => "UNAVAILABLE",
            504 => "DEADLINE_EXCEEDED",
            >= 500 => "INTERNAL",
            _ => "INVALID_ARGUMENT",
        };
}
