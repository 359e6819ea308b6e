using System.Text.Json;
using Tollgate.SimulatedProvider.Billing;

namespace Tollgate.SimulatedProvider.Anthropic;

/// <summary>Usage in Anthropic's terms: input excludes cache reads and writes, output includes thinking.</summary>
internal static class AnthropicUsage
{
    /// <summary>The usage of a whole message or of <c>message_start</c>.</summary>
    public static void Write(Utf8JsonWriter json, in BilledTokens tokens, long output)
    {
        json.WriteStartObject("usage"u8);
        WriteInput(json, tokens);
        json.WriteStartObject("cache_creation"u8);
        json.WriteNumber("ephemeral_5m_input_tokens"u8, tokens.CacheWrite5m);
        json.WriteNumber("ephemeral_1h_input_tokens"u8, tokens.CacheWrite1h);
        json.WriteEndObject();
        WriteOutput(json, tokens, output);
        json.WriteString("service_tier"u8, "standard"u8);
        json.WriteEndObject();
    }

    /// <summary>The cumulative usage of <c>message_delta</c>, which repeats the input without its split.</summary>
    public static void WriteDelta(Utf8JsonWriter json, in BilledTokens tokens)
    {
        json.WriteStartObject("usage"u8);
        WriteInput(json, tokens);
        WriteOutput(json, tokens, tokens.Output);
        json.WriteEndObject();
    }

    public static IEnumerable<(string Name, long Count)> ToWireCounts(BilledTokens tokens) =>
        [
            ("input_tokens", tokens.InputText),
            ("cache_creation_input_tokens", tokens.CacheWrite5m + tokens.CacheWrite1h),
            ("cache_read_input_tokens", tokens.CacheRead),
            ("cache_creation.ephemeral_5m_input_tokens", tokens.CacheWrite5m),
            ("cache_creation.ephemeral_1h_input_tokens", tokens.CacheWrite1h),
            ("output_tokens", tokens.Output),
            ("output_tokens_details.thinking_tokens", tokens.OutputReasoning),
        ];

    private static void WriteInput(Utf8JsonWriter json, in BilledTokens tokens)
    {
        json.WriteNumber("input_tokens"u8, tokens.InputText);
        json.WriteNumber("cache_creation_input_tokens"u8, tokens.CacheWrite5m + tokens.CacheWrite1h);
        json.WriteNumber("cache_read_input_tokens"u8, tokens.CacheRead);
    }

    private static void WriteOutput(Utf8JsonWriter json, in BilledTokens tokens, long output)
    {
        json.WriteNumber("output_tokens"u8, output);

        // Only the final count includes the amount of thinking.
        if (tokens.OutputReasoning == 0 || output != tokens.Output)
            return;
        json.WriteStartObject("output_tokens_details"u8);
        json.WriteNumber("thinking_tokens"u8, tokens.OutputReasoning);
        json.WriteEndObject();
    }
}
