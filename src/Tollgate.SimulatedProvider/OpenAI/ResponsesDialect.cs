using System.Text.Json;
using Tollgate.SimulatedProvider.Answers;
using Tollgate.SimulatedProvider.Billing;

namespace Tollgate.SimulatedProvider.OpenAI;

/// <summary><c>/v1/responses</c>. Events carry their own name and number; there is no <c>[DONE]</c>.</summary>
internal sealed class ResponsesDialect : IStreamDialect
{
    public string IdPrefix => "resp_";

    public void WritePlain(Utf8JsonWriter json, SimulatedResponse answer)
    {
        json.WriteStartObject();
        ResponseObject.Write(json, answer, FinalStatus(answer));
        json.WriteEndObject();
    }

    public IEnumerable<(string Name, long Count)> ToWireCounts(BilledTokens tokens) =>
        [
            ("input_tokens", tokens.Input),
            ("input_tokens_details.cached_tokens", tokens.CacheRead),
            ("output_tokens", tokens.Output),
            ("output_tokens_details.reasoning_tokens", tokens.OutputReasoning),
            ("total_tokens", tokens.Input + tokens.Output),
        ];

    public void WriteOpening(EventWriter events, SimulatedResponse answer)
    {
        WriteResponseEvent(events, answer, "response.created", "in_progress");
        WriteResponseEvent(events, answer, "response.in_progress", "in_progress");
        if (ResponseObject.HasReasoning(answer))
        {
            WriteReasoningEvent(events, answer, "response.output_item.added");
            WriteReasoningEvent(events, answer, "response.output_item.done");
        }

        WriteItemEvent(events, answer, "response.output_item.added", "in_progress", done: false);
        if (!answer.IsToolCall)
            WritePartEvent(events, answer, "response.content_part.added", "");
    }

    public void WriteDelta(EventWriter events, SimulatedResponse answer, int delta)
    {
        BeginContent(events, answer, Kind(answer) + ".delta");
        events.Json.WriteString("delta"u8, answer.GetChunk(delta));
        WriteLogprobs(events.Json, answer);
        events.End();
    }

    public void WriteEnding(EventWriter events, SimulatedResponse answer)
    {
        var status = FinalStatus(answer);
        BeginContent(events, answer, Kind(answer) + ".done");
        if (answer.IsToolCall)
            events.Json.WriteString("name"u8, answer.Script.Tool);
        events.Json.WriteString(
            answer.IsToolCall ? "arguments"u8
                : answer.Script.Refusal ? "refusal"u8
                : "text"u8,
            answer.Content
        );
        WriteLogprobs(events.Json, answer);
        events.End();
        if (!answer.IsToolCall)
            WritePartEvent(events, answer, "response.content_part.done", answer.Content);
        WriteItemEvent(events, answer, "response.output_item.done", status, done: true);
        WriteResponseEvent(events, answer, "response." + status, status);
    }

    public void WriteFailure(EventWriter events, SimulatedResponse answer) =>
        WriteResponseEvent(events, answer, "response.failed", "failed");

    private static string FinalStatus(SimulatedResponse answer) =>
        answer.Finish is "length" ? "incomplete" : "completed";

    private static string Kind(SimulatedResponse answer) =>
        answer.IsToolCall ? "response.function_call_arguments"
        : answer.Script.Refusal ? "response.refusal"
        : "response.output_text";

    private static int OutputIndex(SimulatedResponse answer) => ResponseObject.HasReasoning(answer) ? 1 : 0;

    private static void Begin(EventWriter events, string type)
    {
        events.Begin(type);
        events.Json.WriteString("type"u8, type);
        events.Json.WriteNumber("sequence_number"u8, events.Sequence++);
    }

    private static void BeginContent(EventWriter events, SimulatedResponse answer, string type)
    {
        Begin(events, type);
        events.Json.WriteString("item_id"u8, ResponseObject.ItemId(answer));
        events.Json.WriteNumber("output_index"u8, OutputIndex(answer));
        if (!answer.IsToolCall)
            events.Json.WriteNumber("content_index"u8, 0);
    }

    private static void WriteLogprobs(Utf8JsonWriter json, SimulatedResponse answer)
    {
        if (answer.IsToolCall || answer.Script.Refusal)
            return;
        json.WriteStartArray("logprobs"u8);
        json.WriteEndArray();
    }

    private static void WriteResponseEvent(EventWriter events, SimulatedResponse answer, string type, string status)
    {
        Begin(events, type);
        events.Json.WriteStartObject("response"u8);
        ResponseObject.Write(events.Json, answer, status);
        events.Json.WriteEndObject();
        events.End();
    }

    private static void WriteReasoningEvent(EventWriter events, SimulatedResponse answer, string type)
    {
        Begin(events, type);
        events.Json.WriteNumber("output_index"u8, 0);
        events.Json.WriteStartObject("item"u8);
        ResponseObject.WriteReasoningItem(events.Json, answer);
        events.Json.WriteEndObject();
        events.End();
    }

    private static void WriteItemEvent(
        EventWriter events,
        SimulatedResponse answer,
        string type,
        string status,
        bool done
    )
    {
        Begin(events, type);
        events.Json.WriteNumber("output_index"u8, OutputIndex(answer));
        events.Json.WriteStartObject("item"u8);
        ResponseObject.WriteItem(events.Json, answer, status, done);
        events.Json.WriteEndObject();
        events.End();
    }

    private static void WritePartEvent(EventWriter events, SimulatedResponse answer, string type, string text)
    {
        BeginContent(events, answer, type);
        events.Json.WriteStartObject("part"u8);
        ResponseObject.WritePart(events.Json, answer, text);
        events.Json.WriteEndObject();
        events.End();
    }
}
