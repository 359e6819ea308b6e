using System.Buffers.Binary;
using System.Text.Json;
using Tollgate.SimulatedProvider.Answers;
using Tollgate.SimulatedProvider.Billing;

namespace Tollgate.SimulatedProvider.OpenAI;

/// <summary><c>/v1/embeddings</c>, as floats or as base64 of little-endian floats.</summary>
internal sealed class EmbeddingsDialect : IResponseDialect
{
    private const int DefaultDimensions = 256;

    // Not on the wire: this API's responses have no id. The bill still needs one.
    public string IdPrefix => "embd-";

    public void WritePlain(Utf8JsonWriter json, SimulatedResponse answer)
    {
        json.WriteStartObject();
        json.WriteString("object"u8, "list"u8);
        json.WriteStartArray("data"u8);
        for (var index = 0; index < answer.Facts.Inputs; index++)
            WriteEmbedding(json, answer, index);
        json.WriteEndArray();
        json.WriteString("model"u8, answer.Model);
        OpenAIUsage.WritePlain(json, answer.Tokens, completion: false);
        json.WriteEndObject();
    }

    public IEnumerable<(string Name, long Count)> ToWireCounts(BilledTokens tokens) =>
        [("prompt_tokens", tokens.Input), ("total_tokens", tokens.Input)];

    /// <summary>The same made-up direction for every input; it is not used for searches.</summary>
    public static float Component(int index) => (index % 17 - 8) / 64f;

    private static void WriteEmbedding(Utf8JsonWriter json, SimulatedResponse answer, int index)
    {
        var dimensions = answer.Facts.Dimensions ?? DefaultDimensions;
        json.WriteStartObject();
        json.WriteString("object"u8, "embedding"u8);
        json.WriteNumber("index"u8, index);
        if (answer.Facts.Base64)
            json.WriteBase64String("embedding"u8, ToBytes(dimensions));
        else
            WriteFloats(json, dimensions);
        json.WriteEndObject();
    }

    private static void WriteFloats(Utf8JsonWriter json, int dimensions)
    {
        json.WriteStartArray("embedding"u8);
        for (var i = 0; i < dimensions; i++)
            json.WriteNumberValue(Component(i));
        json.WriteEndArray();
    }

    private static byte[] ToBytes(int dimensions)
    {
        var bytes = new byte[dimensions * sizeof(float)];
        for (var i = 0; i < dimensions; i++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), Component(i));
        return bytes;
    }
}
