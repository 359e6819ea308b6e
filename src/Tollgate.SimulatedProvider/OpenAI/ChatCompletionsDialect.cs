using System.Text.Json;
using Tollgate.SimulatedProvider.Answers;
using Tollgate.SimulatedProvider.Billing;

namespace Tollgate.SimulatedProvider.OpenAI;

/// <summary><c>/v1/chat/completions</c>.</summary>
internal sealed class ChatCompletionsDialect : IStreamDialect
{
    public string IdPrefix => "chatcmpl-";

    public void WritePlain(Utf8JsonWriter json, SimulatedResponse answer)
    {
        json.WriteStartObject();
        WriteHead(json, answer, "chat.completion");
        json.WriteStartArray("choices"u8);
        for (var choice = 0; choice < answer.Choices; choice++)
            WriteChoice(json, answer, choice);
        json.WriteEndArray();
        OpenAIUsage.WriteChat(json, answer.Tokens);
        WriteTail(json);
        json.WriteEndObject();
    }

    public IEnumerable<(string Name, long Count)> ToWireCounts(BilledTokens tokens) =>
        OpenAIUsage.ToChatWireCounts(tokens);

    public void WriteOpening(EventWriter events, SimulatedResponse answer)
    {
        for (var choice = 0; choice < answer.Choices; choice++)
        {
            BeginChunk(events, answer, choice);
            WriteOpeningDelta(events.Json, answer, choice);
            EndChunk(events, answer, finish: null);
        }
    }

    public void WriteDelta(EventWriter events, SimulatedResponse answer, int delta)
    {
        var text = answer.GetChunk(delta / answer.Choices);
        BeginChunk(events, answer, delta % answer.Choices);
        events.Json.WriteStartObject("delta"u8);
        if (answer.IsToolCall)
            WriteArgumentsDelta(events.Json, text);
        else
            events.Json.WriteString(answer.Script.Refusal ? "refusal"u8 : "content"u8, text);
        events.Json.WriteEndObject();
        EndChunk(events, answer, finish: null);
    }

    public void WriteEnding(EventWriter events, SimulatedResponse answer)
    {
        for (var choice = 0; choice < answer.Choices; choice++)
        {
            BeginChunk(events, answer, choice);
            events.Json.WriteStartObject("delta"u8);
            events.Json.WriteEndObject();
            EndChunk(events, answer, answer.Finish);
        }

        if (answer.Facts.IncludeUsage)
            WriteUsageChunk(events, answer);
        events.WriteRaw("data: [DONE]\n\n"u8);
    }

    public void WriteFailure(EventWriter events, SimulatedResponse answer) => OpenAIErrors.WriteEvent(events);

    private static void WriteHead(Utf8JsonWriter json, SimulatedResponse answer, string type)
    {
        json.WriteString("id"u8, answer.Id.Text);
        json.WriteString("object"u8, type);
        json.WriteNumber("created"u8, answer.Created.ToUnixTimeSeconds());
        json.WriteString("model"u8, answer.Model);
    }

    private static void WriteTail(Utf8JsonWriter json)
    {
        json.WriteString("service_tier"u8, "default"u8);
        json.WriteString("system_fingerprint"u8, "fp_5175000000"u8);
    }

    private static void WriteChoice(Utf8JsonWriter json, SimulatedResponse answer, int choice)
    {
        json.WriteStartObject();
        json.WriteNumber("index"u8, choice);
        json.WriteStartObject("message"u8);
        json.WriteString("role"u8, "assistant"u8);
        WriteTextOrNull(json, "content"u8, answer.IsToolCall || answer.Script.Refusal ? null : answer.Content);
        if (answer.IsToolCall)
            WriteToolCall(json, answer, choice, answer.Content, indexed: false);
        WriteTextOrNull(json, "refusal"u8, answer.Script.Refusal ? answer.Content : null);
        json.WriteStartArray("annotations"u8);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteNull("logprobs"u8);
        json.WriteString("finish_reason"u8, answer.Finish);
        json.WriteEndObject();
    }

    private static void WriteOpeningDelta(Utf8JsonWriter json, SimulatedResponse answer, int choice)
    {
        json.WriteStartObject("delta"u8);
        json.WriteString("role"u8, "assistant"u8);
        WriteTextOrNull(json, "content"u8, answer.IsToolCall || answer.Script.Refusal ? null : "");
        if (answer.IsToolCall)
            WriteToolCall(json, answer, choice, "", indexed: true);
        WriteTextOrNull(json, "refusal"u8, answer.Script.Refusal ? "" : null);
        json.WriteEndObject();
    }

    private static void WriteToolCall(
        Utf8JsonWriter json,
        SimulatedResponse answer,
        int choice,
        string arguments,
        bool indexed
    )
    {
        json.WriteStartArray("tool_calls"u8);
        json.WriteStartObject();
        if (indexed)
            json.WriteNumber("index"u8, 0);
        json.WriteString(
            "id"u8,
            string.Concat("call_", answer.Id.Suffix, choice == 0 ? "" : "_" + (char)('a' + choice % 26))
        );
        json.WriteString("type"u8, "function"u8);
        json.WriteStartObject("function"u8);
        json.WriteString("name"u8, answer.Script.Tool);
        json.WriteString("arguments"u8, arguments);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteArgumentsDelta(Utf8JsonWriter json, string text)
    {
        json.WriteStartArray("tool_calls"u8);
        json.WriteStartObject();
        json.WriteNumber("index"u8, 0);
        json.WriteStartObject("function"u8);
        json.WriteString("arguments"u8, text);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void BeginChunk(EventWriter events, SimulatedResponse answer, int choice)
    {
        BeginEvent(events, answer);
        events.Json.WriteStartArray("choices"u8);
        events.Json.WriteStartObject();
        events.Json.WriteNumber("index"u8, choice);
    }

    private static void EndChunk(EventWriter events, SimulatedResponse answer, string? finish)
    {
        var json = events.Json;
        json.WriteNull("logprobs"u8);
        WriteTextOrNull(json, "finish_reason"u8, finish);
        json.WriteEndObject();
        json.WriteEndArray();
        if (answer.Facts.IncludeUsage)
            json.WriteNull("usage"u8);
        events.End();
    }

    private static void WriteUsageChunk(EventWriter events, SimulatedResponse answer)
    {
        BeginEvent(events, answer);
        events.Json.WriteStartArray("choices"u8);
        events.Json.WriteEndArray();
        OpenAIUsage.WriteChat(events.Json, answer.Tokens);
        events.End();
    }

    private static void BeginEvent(EventWriter events, SimulatedResponse answer)
    {
        events.Begin();
        WriteHead(events.Json, answer, "chat.completion.chunk");
        WriteTail(events.Json);
    }

    private static void WriteTextOrNull(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? text)
    {
        if (text is null)
            json.WriteNull(name);
        else
            json.WriteString(name, text);
    }
}
