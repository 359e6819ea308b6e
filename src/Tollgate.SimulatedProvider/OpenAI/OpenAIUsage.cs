using System.Text.Json;
using Tollgate.SimulatedProvider.Billing;

namespace Tollgate.SimulatedProvider.OpenAI;

/// <summary>Usage in OpenAI's terms: the prompt includes cached tokens, the completion includes reasoning.</summary>
internal static class OpenAIUsage
{
    public static void WriteChat(Utf8JsonWriter json, in BilledTokens tokens)
    {
        json.WriteStartObject("usage"u8);
        json.WriteNumber("prompt_tokens"u8, tokens.Input);
        json.WriteNumber("completion_tokens"u8, tokens.Output);
        json.WriteNumber("total_tokens"u8, tokens.Input + tokens.Output);
        json.WriteStartObject("prompt_tokens_details"u8);
        json.WriteNumber("cached_tokens"u8, tokens.CacheRead);
        json.WriteNumber("audio_tokens"u8, tokens.InputAudio);
        json.WriteEndObject();
        json.WriteStartObject("completion_tokens_details"u8);
        json.WriteNumber("reasoning_tokens"u8, tokens.OutputReasoning);
        json.WriteNumber("audio_tokens"u8, tokens.OutputAudio);
        json.WriteNumber("accepted_prediction_tokens"u8, 0);
        json.WriteNumber("rejected_prediction_tokens"u8, 0);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public static IEnumerable<(string Name, long Count)> ToChatWireCounts(BilledTokens tokens) =>
        [
            ("prompt_tokens", tokens.Input),
            ("completion_tokens", tokens.Output),
            ("total_tokens", tokens.Input + tokens.Output),
            ("prompt_tokens_details.cached_tokens", tokens.CacheRead),
            ("prompt_tokens_details.audio_tokens", tokens.InputAudio),
            ("completion_tokens_details.reasoning_tokens", tokens.OutputReasoning),
            ("completion_tokens_details.audio_tokens", tokens.OutputAudio),
        ];

    /// <summary>
    /// Without details: legacy completions and embeddings have none, and embeddings have no completion.
    /// </summary>
    public static void WritePlain(Utf8JsonWriter json, in BilledTokens tokens, bool completion)
    {
        json.WriteStartObject("usage"u8);
        json.WriteNumber("prompt_tokens"u8, tokens.Input);
        if (completion)
            json.WriteNumber("completion_tokens"u8, tokens.Output);
        json.WriteNumber("total_tokens"u8, tokens.Input + tokens.Output);
        json.WriteEndObject();
    }

    public static void WriteResponses(Utf8JsonWriter json, in BilledTokens tokens)
    {
        json.WriteStartObject("usage"u8);
        json.WriteNumber("input_tokens"u8, tokens.Input);
        json.WriteStartObject("input_tokens_details"u8);
        json.WriteNumber("cached_tokens"u8, tokens.CacheRead);
        json.WriteEndObject();
        json.WriteNumber("output_tokens"u8, tokens.Output);
        json.WriteStartObject("output_tokens_details"u8);
        json.WriteNumber("reasoning_tokens"u8, tokens.OutputReasoning);
        json.WriteEndObject();
        json.WriteNumber("total_tokens"u8, tokens.Input + tokens.Output);
        json.WriteEndObject();
    }
}
