using System.Text.Json;
using Tollgate.SimulatedProvider.Answers;

namespace Tollgate.SimulatedProvider.OpenAI;

/// <summary>The response object of the Responses API and its output items, in every state that events show.</summary>
internal static class ResponseObject
{
    public static void Write(Utf8JsonWriter json, SimulatedResponse answer, string status)
    {
        json.WriteString("id"u8, answer.Id.Text);
        json.WriteString("object"u8, "response"u8);
        json.WriteNumber("created_at"u8, answer.Created.ToUnixTimeSeconds());
        json.WriteString("status"u8, status);
        json.WriteBoolean("background"u8, false);
        WriteFailure(json, status);
        json.WriteNull("instructions"u8);
        json.WriteNull("max_output_tokens"u8);
        json.WriteString("model"u8, answer.Model);
        WriteOutput(json, answer, status);
        WriteSettings(json);
        if (status is "completed" or "incomplete")
            OpenAIUsage.WriteResponses(json, answer.Tokens);
        else
            json.WriteNull("usage"u8);
        json.WriteNull("user"u8);
        json.WriteStartObject("metadata"u8);
        json.WriteEndObject();
    }

    public static bool HasReasoning(SimulatedResponse answer) => answer.Tokens.OutputReasoning > 0;

    public static string ItemId(SimulatedResponse answer) => (answer.IsToolCall ? "fc_" : "msg_") + answer.Id.Suffix;

    public static void WriteReasoningItem(Utf8JsonWriter json, SimulatedResponse answer)
    {
        json.WriteString("id"u8, "rs_" + answer.Id.Suffix);
        json.WriteString("type"u8, "reasoning"u8);
        json.WriteStartArray("summary"u8);
        json.WriteEndArray();
    }

    /// <summary>The message or function call; includes its content once it is done.</summary>
    public static void WriteItem(Utf8JsonWriter json, SimulatedResponse answer, string status, bool done)
    {
        json.WriteString("id"u8, ItemId(answer));
        json.WriteString("type"u8, answer.IsToolCall ? "function_call"u8 : "message"u8);
        json.WriteString("status"u8, status);
        if (answer.IsToolCall)
            WriteCall(json, answer, done);
        else
            WriteMessage(json, answer, done);
    }

    public static void WritePart(Utf8JsonWriter json, SimulatedResponse answer, string text)
    {
        if (answer.Script.Refusal)
        {
            json.WriteString("type"u8, "refusal"u8);
            json.WriteString("refusal"u8, text);
            return;
        }

        json.WriteString("type"u8, "output_text"u8);
        json.WriteStartArray("annotations"u8);
        json.WriteEndArray();
        json.WriteStartArray("logprobs"u8);
        json.WriteEndArray();
        json.WriteString("text"u8, text);
    }

    private static void WriteCall(Utf8JsonWriter json, SimulatedResponse answer, bool done)
    {
        json.WriteString("arguments"u8, done ? answer.Content : "");
        json.WriteString("call_id"u8, "call_" + answer.Id.Suffix);
        json.WriteString("name"u8, answer.Script.Tool);
    }

    private static void WriteMessage(Utf8JsonWriter json, SimulatedResponse answer, bool done)
    {
        json.WriteStartArray("content"u8);
        if (done)
        {
            json.WriteStartObject();
            WritePart(json, answer, answer.Content);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("role"u8, "assistant"u8);
    }

    private static void WriteOutput(Utf8JsonWriter json, SimulatedResponse answer, string status)
    {
        json.WriteStartArray("output"u8);
        if (status is "completed" or "incomplete")
        {
            if (HasReasoning(answer))
            {
                json.WriteStartObject();
                WriteReasoningItem(json, answer);
                json.WriteEndObject();
            }

            json.WriteStartObject();
            WriteItem(json, answer, status, done: true);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteFailure(Utf8JsonWriter json, string status)
    {
        if (status is "failed")
        {
            json.WriteStartObject("error"u8);
            json.WriteString("code"u8, "server_error"u8);
            json.WriteString("message"u8, "The server had an error while processing your request."u8);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("error"u8);
        }

        if (status is "incomplete")
        {
            json.WriteStartObject("incomplete_details"u8);
            json.WriteString("reason"u8, "max_output_tokens"u8);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("incomplete_details"u8);
        }
    }

    private static void WriteSettings(Utf8JsonWriter json)
    {
        json.WriteBoolean("parallel_tool_calls"u8, true);
        json.WriteNull("previous_response_id"u8);
        json.WriteStartObject("reasoning"u8);
        json.WriteNull("effort"u8);
        json.WriteNull("summary"u8);
        json.WriteEndObject();
        json.WriteString("service_tier"u8, "default"u8);
        json.WriteBoolean("store"u8, true);
        json.WriteNumber("temperature"u8, 1);
        json.WriteStartObject("text"u8);
        json.WriteStartObject("format"u8);
        json.WriteString("type"u8, "text"u8);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteString("tool_choice"u8, "auto"u8);
        json.WriteStartArray("tools"u8);
        json.WriteEndArray();
        json.WriteNumber("top_p"u8, 1);
        json.WriteString("truncation"u8, "disabled"u8);
    }
}
