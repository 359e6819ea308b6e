using System.Text.Json;
using Tollgate.SimulatedProvider.Answers;
using Tollgate.SimulatedProvider.Billing;

namespace Tollgate.SimulatedProvider.Anthropic;

/// <summary><c>/v1/messages</c>.</summary>
internal sealed class MessagesDialect : IStreamDialect
{
    private const string Thinking = "Let me count what this call consumes.";

    // Arbitrary Base64; clients return it unread.
    private const string Signature = "c2ltdWxhdGVkLXNpZ25hdHVyZQ==";

    public string IdPrefix => "msg_";

    public void WritePlain(Utf8JsonWriter json, SimulatedResponse answer)
    {
        json.WriteStartObject();
        WriteHead(json, answer);
        json.WriteStartArray("content"u8);
        if (HasThinking(answer))
            WriteThinkingBlock(json, Thinking, Signature);
        WriteBlock(json, answer, answer.Content);
        json.WriteEndArray();
        WriteStop(json, answer);
        AnthropicUsage.Write(json, answer.Tokens, answer.Tokens.Output);
        json.WriteEndObject();
    }

    public IEnumerable<(string Name, long Count)> ToWireCounts(BilledTokens tokens) =>
        AnthropicUsage.ToWireCounts(tokens);

    public void WriteOpening(EventWriter events, SimulatedResponse answer)
    {
        WriteMessageStart(events, answer);
        if (HasThinking(answer))
            WriteThinkingEvents(events);
        BeginBlockEvent(events, "content_block_start", BlockIndex(answer));
        events.Json.WritePropertyName("content_block"u8);
        WriteBlock(events.Json, answer, "");
        events.End();
        Begin(events, "ping");
        events.End();
    }

    public void WriteDelta(EventWriter events, SimulatedResponse answer, int delta)
    {
        if (answer.IsToolCall)
            WriteBlockDelta(events, BlockIndex(answer), "input_json_delta", "partial_json", answer.GetChunk(delta));
        else
            WriteBlockDelta(events, BlockIndex(answer), "text_delta", "text", answer.GetChunk(delta));
    }

    public void WriteEnding(EventWriter events, SimulatedResponse answer)
    {
        BeginBlockEvent(events, "content_block_stop", BlockIndex(answer));
        events.End();
        Begin(events, "message_delta");
        events.Json.WriteStartObject("delta"u8);
        WriteStop(events.Json, answer);
        events.Json.WriteEndObject();
        AnthropicUsage.WriteDelta(events.Json, answer.Tokens);
        events.End();
        Begin(events, "message_stop");
        events.End();
    }

    public void WriteFailure(EventWriter events, SimulatedResponse answer) => AnthropicErrors.WriteEvent(events);

    private static bool HasThinking(SimulatedResponse answer) => answer.Tokens.OutputReasoning > 0;

    private static int BlockIndex(SimulatedResponse answer) => HasThinking(answer) ? 1 : 0;

    private static void WriteHead(Utf8JsonWriter json, SimulatedResponse answer)
    {
        json.WriteString("model"u8, answer.Model);
        json.WriteString("id"u8, answer.Id.Text);
        json.WriteString("type"u8, "message"u8);
        json.WriteString("role"u8, "assistant"u8);
    }

    private static void WriteStop(Utf8JsonWriter json, SimulatedResponse answer)
    {
        json.WriteString("stop_reason"u8, StopReason(answer));
        json.WriteNull("stop_sequence"u8);
    }

    private static string StopReason(SimulatedResponse answer) =>
        answer.Finish switch
        {
            "length" => "max_tokens",
            "tool_calls" => "tool_use",
            "content_filter" => "refusal",
            _ => answer.Script.Refusal ? "refusal" : "end_turn",
        };

    private static void WriteBlock(Utf8JsonWriter json, SimulatedResponse answer, string content)
    {
        json.WriteStartObject();
        if (answer.IsToolCall)
        {
            json.WriteString("type"u8, "tool_use"u8);
            json.WriteString("id"u8, "toolu_" + answer.Id.Suffix);
            json.WriteString("name"u8, answer.Script.Tool);
            json.WritePropertyName("input"u8);
            json.WriteRawValue(content.Length == 0 ? "{}" : content);
        }
        else
        {
            json.WriteString("type"u8, "text"u8);
            json.WriteString("text"u8, content);
        }

        json.WriteEndObject();
    }

    private static void WriteThinkingBlock(Utf8JsonWriter json, string thinking, string signature)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "thinking"u8);
        json.WriteString("thinking"u8, thinking);
        json.WriteString("signature"u8, signature);
        json.WriteEndObject();
    }

    private static void WriteMessageStart(EventWriter events, SimulatedResponse answer)
    {
        Begin(events, "message_start");
        events.Json.WriteStartObject("message"u8);
        WriteHead(events.Json, answer);
        events.Json.WriteStartArray("content"u8);
        events.Json.WriteEndArray();
        events.Json.WriteNull("stop_reason"u8);
        events.Json.WriteNull("stop_sequence"u8);
        AnthropicUsage.Write(events.Json, answer.Tokens, Math.Min(1, answer.Tokens.Output));
        events.Json.WriteEndObject();
        events.End();
    }

    private static void WriteThinkingEvents(EventWriter events)
    {
        BeginBlockEvent(events, "content_block_start", 0);
        events.Json.WritePropertyName("content_block"u8);
        WriteThinkingBlock(events.Json, "", "");
        events.End();
        WriteBlockDelta(events, 0, "thinking_delta", "thinking", Thinking);
        WriteBlockDelta(events, 0, "signature_delta", "signature", Signature);
        BeginBlockEvent(events, "content_block_stop", 0);
        events.End();
    }

    private static void WriteBlockDelta(EventWriter events, int index, string type, string field, string text)
    {
        BeginBlockEvent(events, "content_block_delta", index);
        events.Json.WriteStartObject("delta"u8);
        events.Json.WriteString("type"u8, type);
        events.Json.WriteString(field, text);
        events.Json.WriteEndObject();
        events.End();
    }

    private static void Begin(EventWriter events, string type)
    {
        events.Begin(type);
        events.Json.WriteString("type"u8, type);
    }

    private static void BeginBlockEvent(EventWriter events, string type, int index)
    {
        Begin(events, type);
        events.Json.WriteNumber("index"u8, index);
    }
}
