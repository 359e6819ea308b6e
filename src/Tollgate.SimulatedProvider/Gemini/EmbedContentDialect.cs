using System.Text.Json;
using Tollgate.SimulatedProvider.Answers;
using Tollgate.SimulatedProvider.Billing;
using Tollgate.SimulatedProvider.OpenAI;

namespace Tollgate.SimulatedProvider.Gemini;

/// <summary><c>:embedContent</c> and <c>:batchEmbedContents</c>.</summary>
internal sealed class EmbedContentDialect : IResponseDialect
{
    private const int DefaultDimensions = 256;

    // Not on the wire, as for OpenAI's embeddings.
    public string IdPrefix => "embd-";

    public void WritePlain(Utf8JsonWriter json, SimulatedResponse answer)
    {
        json.WriteStartObject();
        if (answer.Route.IsBatch)
            WriteBatch(json, answer);
        else
            WriteValues(json, answer, "embedding");
        GeminiUsage.WriteEmbedding(json, answer.Tokens);
        json.WriteEndObject();
    }

    public IEnumerable<(string Name, long Count)> ToWireCounts(BilledTokens tokens) =>
        [("promptTokenCount", tokens.Input)];

    private static void WriteBatch(Utf8JsonWriter json, SimulatedResponse answer)
    {
        json.WriteStartArray("embeddings"u8);
        for (var i = 0; i < answer.Facts.Inputs; i++)
            WriteValues(json, answer, name: null);
        json.WriteEndArray();
    }

    private static void WriteValues(Utf8JsonWriter json, SimulatedResponse answer, string? name)
    {
        if (name is null)
            json.WriteStartObject();
        else
            json.WriteStartObject(name);
        json.WriteStartArray("values"u8);
        for (var i = 0; i < (answer.Facts.Dimensions ?? DefaultDimensions); i++)
            json.WriteNumberValue(EmbeddingsDialect.Component(i));
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
