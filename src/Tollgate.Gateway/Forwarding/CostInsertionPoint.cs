using System.Text.Json;
using Tollgate.Metering.Wire;

namespace Tollgate.Gateway.Forwarding;

/// <summary>
/// The position of the cost in a frame's JSON: these bytes are replaced with the prefix and the amount.
/// </summary>
/// <param name="Start">The start of the bytes to replace.</param>
/// <param name="Length">Their number; 0 if the usage does not have a cost yet.</param>
/// <param name="Prefix">The text to insert before the amount.</param>
internal readonly record struct CostInsertionPoint(int Start, int Length, string Prefix)
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = JsonFieldScanner.MaxDepth };

    /// <summary>The place within the object at <paramref name="path"/>; null if the JSON has no such object.</summary>
    public static CostInsertionPoint? Find(ReadOnlySpan<byte> json, IReadOnlyList<string> path)
    {
        try
        {
            var reader = new Utf8JsonReader(json, Options);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return null;
            foreach (var name in path)
                if (!TryEnter(ref reader, name))
                    return null;
            return FindInObject(ref reader);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>
    /// Moves from the start of an object to the start of the object that is its property of that name.
    /// </summary>
    private static bool TryEnter(ref Utf8JsonReader reader, string name)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isWanted = reader.ValueTextEquals(name);
            reader.Read();
            if (isWanted)
                return reader.TokenType == JsonTokenType.StartObject;
            reader.Skip();
        }

        return false;
    }

    /// <summary>
    /// Some providers report a cost of their own (OpenRouter): a reader might take either value of a duplicate name.
    /// </summary>
    private static CostInsertionPoint FindInObject(ref Utf8JsonReader reader)
    {
        var prefix = "\"cost\":";
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            prefix = ",\"cost\":";
            var isCost = reader.ValueTextEquals("cost"u8);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (isCost)
                return new CostInsertionPoint(start, (int)reader.BytesConsumed - start, "");
        }

        return new CostInsertionPoint((int)reader.TokenStartIndex, 0, prefix);
    }
}
