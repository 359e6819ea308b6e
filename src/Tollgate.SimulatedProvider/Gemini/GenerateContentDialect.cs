using System.Text.Json;
using Tollgate.SimulatedProvider.Answers;
using Tollgate.SimulatedProvider.Billing;

namespace Tollgate.SimulatedProvider.Gemini;

/// <summary>
/// <c>:generateContent</c> and <c>:streamGenerateContent</c>, whose events are whole responses with cumulative usage.
/// </summary>
internal sealed class GenerateContentDialect : IStreamDialect
{
    // Gemini's ids have no prefix.
    public string IdPrefix => "";

    public bool IsArray(SimulatedResponse answer) => !answer.Facts.ServerSentEvents;

    public void WritePlain(Utf8JsonWriter json, SimulatedResponse answer)
    {
        json.WriteStartObject();
        json.WriteStartArray("candidates"u8);
        for (var candidate = 0; candidate < answer.Choices; candidate++)
            WriteCandidate(json, answer, new CandidatePart(candidate, answer.Content, IsLast: true));
        json.WriteEndArray();
        WriteTail(json, answer, answer.Tokens);
        json.WriteEndObject();
    }

    public IEnumerable<(string Name, long Count)> ToWireCounts(BilledTokens tokens) => GeminiUsage.ToWireCounts(tokens);

    public void WriteOpening(EventWriter events, SimulatedResponse answer) { }

    public void WriteDelta(EventWriter events, SimulatedResponse answer, int delta)
    {
        var part = new CandidatePart(delta % answer.Choices, answer.GetChunk(delta / answer.Choices), IsLast: false);
        WriteEvent(events, answer, part, answer.Tokens.Generated(delta + 1, answer.DeltaCount));
    }

    public void WriteEnding(EventWriter events, SimulatedResponse answer)
    {
        for (var candidate = 0; candidate < answer.Choices; candidate++)
            WriteEvent(events, answer, new CandidatePart(candidate, "", IsLast: true), answer.Tokens);
        if (IsArray(answer))
            events.WriteRaw("]"u8);
    }

    public void WriteFailure(EventWriter events, SimulatedResponse answer)
    {
        GeminiErrors.WriteEvent(events);
        if (IsArray(answer))
            events.WriteRaw("]"u8);
    }

    private static void WriteEvent(
        EventWriter events,
        SimulatedResponse answer,
        in CandidatePart part,
        in BilledTokens sofar
    )
    {
        events.Begin();
        events.Json.WriteStartArray("candidates"u8);
        WriteCandidate(events.Json, answer, part);
        events.Json.WriteEndArray();
        WriteTail(events.Json, answer, sofar);
        events.End();
    }

    private static void WriteCandidate(Utf8JsonWriter json, SimulatedResponse answer, in CandidatePart part)
    {
        json.WriteStartObject();
        json.WriteStartObject("content"u8);
        json.WriteStartArray("parts"u8);
        WritePart(json, answer, part.Text);
        json.WriteEndArray();
        json.WriteString("role"u8, "model"u8);
        json.WriteEndObject();
        if (part.IsLast)
            json.WriteString("finishReason"u8, FinishReason(answer));
        json.WriteNumber("index"u8, part.Candidate);
        json.WriteEndObject();
    }

    private static void WritePart(Utf8JsonWriter json, SimulatedResponse answer, string content)
    {
        json.WriteStartObject();
        if (answer.IsToolCall && content.Length > 0)
        {
            json.WriteStartObject("functionCall"u8);
            json.WriteString("name"u8, answer.Script.Tool);
            json.WritePropertyName("args"u8);
            json.WriteRawValue(content);
            json.WriteEndObject();
        }
        else
        {
            json.WriteString("text"u8, content);
        }

        json.WriteEndObject();
    }

    private static string FinishReason(SimulatedResponse answer) =>
        answer.Finish switch
        {
            "length" => "MAX_TOKENS",
            "content_filter" => "SAFETY",
            _ => answer.Script.Refusal ? "SAFETY" : "STOP",
        };

    private static void WriteTail(Utf8JsonWriter json, SimulatedResponse answer, in BilledTokens sofar)
    {
        GeminiUsage.Write(json, sofar);
        json.WriteString("modelVersion"u8, answer.Model);
        json.WriteString("responseId"u8, answer.Id.Text);
    }

    private readonly record struct CandidatePart(int Candidate, string Text, bool IsLast);
}
