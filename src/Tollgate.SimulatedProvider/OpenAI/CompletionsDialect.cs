using System.Text.Json;
using Tollgate.SimulatedProvider.Answers;
using Tollgate.SimulatedProvider.Billing;

namespace Tollgate.SimulatedProvider.OpenAI;

/// <summary><c>/v1/completions</c>, the older API.</summary>
internal sealed class CompletionsDialect : IStreamDialect
{
    public string IdPrefix => "cmpl-";

    public void WritePlain(Utf8JsonWriter json, SimulatedResponse answer)
    {
        json.WriteStartObject();
        WriteHead(json, answer);
        json.WriteStartArray("choices"u8);
        for (var choice = 0; choice < answer.Choices; choice++)
            WriteChoice(json, choice, answer.Content, answer.Finish);
        json.WriteEndArray();
        OpenAIUsage.WritePlain(json, answer.Tokens, completion: true);
        json.WriteEndObject();
    }

    public IEnumerable<(string Name, long Count)> ToWireCounts(BilledTokens tokens) =>
        [
            ("prompt_tokens", tokens.Input),
            ("completion_tokens", tokens.Output),
            ("total_tokens", tokens.Input + tokens.Output),
        ];

    public void WriteOpening(EventWriter events, SimulatedResponse answer) { }

    public void WriteDelta(EventWriter events, SimulatedResponse answer, int delta) =>
        WriteChunk(events, answer, delta % answer.Choices, answer.GetChunk(delta / answer.Choices), finish: null);

    public void WriteEnding(EventWriter events, SimulatedResponse answer)
    {
        for (var choice = 0; choice < answer.Choices; choice++)
            WriteChunk(events, answer, choice, "", answer.Finish);
        if (answer.Facts.IncludeUsage)
            WriteUsageChunk(events, answer);
        events.WriteRaw("data: [DONE]\n\n"u8);
    }

    public void WriteFailure(EventWriter events, SimulatedResponse answer) => OpenAIErrors.WriteEvent(events);

    private static void WriteHead(Utf8JsonWriter json, SimulatedResponse answer)
    {
        json.WriteString("id"u8, answer.Id.Text);
        json.WriteString("object"u8, "text_completion"u8);
        json.WriteNumber("created"u8, answer.Created.ToUnixTimeSeconds());
        json.WriteString("model"u8, answer.Model);
    }

    private static void WriteChoice(Utf8JsonWriter json, int choice, string text, string? finish)
    {
        json.WriteStartObject();
        json.WriteString("text"u8, text);
        json.WriteNumber("index"u8, choice);
        json.WriteNull("logprobs"u8);
        if (finish is null)
            json.WriteNull("finish_reason"u8);
        else
            json.WriteString("finish_reason"u8, finish);
        json.WriteEndObject();
    }

    private static void WriteChunk(
        EventWriter events,
        SimulatedResponse answer,
        int choice,
        string text,
        string? finish
    )
    {
        events.Begin();
        WriteHead(events.Json, answer);
        events.Json.WriteStartArray("choices"u8);
        WriteChoice(events.Json, choice, text, finish);
        events.Json.WriteEndArray();
        if (answer.Facts.IncludeUsage)
            events.Json.WriteNull("usage"u8);
        events.End();
    }

    private static void WriteUsageChunk(EventWriter events, SimulatedResponse answer)
    {
        events.Begin();
        WriteHead(events.Json, answer);
        events.Json.WriteStartArray("choices"u8);
        events.Json.WriteEndArray();
        OpenAIUsage.WritePlain(events.Json, answer.Tokens, completion: true);
        events.End();
    }
}
