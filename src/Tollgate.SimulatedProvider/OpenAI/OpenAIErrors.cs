using System.Text.Json;
using Tollgate.SimulatedProvider.Answers;

namespace Tollgate.SimulatedProvider.OpenAI;

/// <summary>Errors as <c>{"error":{"message","type","param","code"}}</c>.</summary>
internal static class OpenAIErrors
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
        WriteError(events.Json, 500, "The server had an error while processing your request.");
        events.End();
    }

    private static void WriteError(Utf8JsonWriter json, int status, string message)
    {
        var (type, code) = GetErrorType(status);
        json.WriteStartObject("error"u8);
        json.WriteString("message"u8, message);
        json.WriteString("type"u8, type);
        json.WriteNull("param"u8);
        if (code is null)
            json.WriteNull("code"u8);
        else
            json.WriteString("code"u8, code);
        json.WriteEndObject();
    }

    private static (string Type, string? Code) GetErrorType(int status) =>
        status switch
        {
            401 => ("invalid_request_error", "invalid_api_key"),
            404 => ("invalid_request_error", "not_found"),
            429 => ("requests", "rate_limit_exceeded"),
            >= 500 => ("server_error", null),
            _ => ("invalid_request_error", null),
        };
}
