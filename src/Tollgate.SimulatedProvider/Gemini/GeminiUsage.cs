using System.Text.Json;
using Tollgate.SimulatedProvider.Billing;

namespace Tollgate.SimulatedProvider.Gemini;

/// <summary>Usage in Gemini's terms: the prompt includes cached tokens, the candidates exclude thoughts.</summary>
internal static class GeminiUsage
{
    public static void Write(Utf8JsonWriter json, in BilledTokens tokens)
    {
        json.WriteStartObject("usageMetadata"u8);
        json.WriteNumber("promptTokenCount"u8, tokens.Input);
        json.WriteNumber("candidatesTokenCount"u8, tokens.VisibleOutput);
        json.WriteNumber("totalTokenCount"u8, tokens.Input + tokens.Output);
        if (tokens.CacheRead > 0)
            json.WriteNumber("cachedContentTokenCount"u8, tokens.CacheRead);
        WriteModalities(
            json,
            "promptTokensDetails"u8,
            tokens.InputText + tokens.CacheRead,
            tokens.InputAudio,
            tokens.InputImage
        );
        WriteModalities(json, "cacheTokensDetails"u8, tokens.CacheRead, 0, 0);
        WriteModalities(json, "candidatesTokensDetails"u8, tokens.OutputText, tokens.OutputAudio, tokens.OutputImage);
        if (tokens.OutputReasoning > 0)
            json.WriteNumber("thoughtsTokenCount"u8, tokens.OutputReasoning);
        json.WriteEndObject();
    }

    /// <summary>An embedding's usage, whose details have slightly different names.</summary>
    public static void WriteEmbedding(Utf8JsonWriter json, in BilledTokens tokens)
    {
        json.WriteStartObject("usageMetadata"u8);
        json.WriteNumber("promptTokenCount"u8, tokens.Input);
        WriteModalities(json, "promptTokenDetails"u8, tokens.Input, 0, 0);
        json.WriteEndObject();
    }

    public static IEnumerable<(string Name, long Count)> ToWireCounts(BilledTokens tokens) =>
        [
            ("promptTokenCount", tokens.Input),
            ("cachedContentTokenCount", tokens.CacheRead),
            ("candidatesTokenCount", tokens.VisibleOutput),
            ("thoughtsTokenCount", tokens.OutputReasoning),
            ("totalTokenCount", tokens.Input + tokens.Output),
            ("promptTokensDetails.AUDIO", tokens.InputAudio),
            ("promptTokensDetails.IMAGE", tokens.InputImage),
            ("candidatesTokensDetails.AUDIO", tokens.OutputAudio),
            ("candidatesTokensDetails.IMAGE", tokens.OutputImage),
        ];

    private static void WriteModalities(Utf8JsonWriter json, ReadOnlySpan<byte> name, long text, long audio, long image)
    {
        if (text + audio + image == 0)
            return;
        json.WriteStartArray(name);
        WriteModality(json, "TEXT"u8, text);
        WriteModality(json, "AUDIO"u8, audio);
        WriteModality(json, "IMAGE"u8, image);
        json.WriteEndArray();
    }

    private static void WriteModality(Utf8JsonWriter json, ReadOnlySpan<byte> modality, long count)
    {
        if (count == 0)
            return;
        json.WriteStartObject();
        json.WriteString("modality"u8, modality);
        json.WriteNumber("tokenCount"u8, count);
        json.WriteEndObject();
    }
}
