using System.Text.Json;
using Tollgate.Metering.Wire;

namespace Tollgate.Gateway.Forwarding;

/// <summary>
/// Where in a frame's JSON the cost goes: these bytes leave, and the prefix and the amount take their place.
/// </summary>
/// <param name="Start">Where the bytes to replace begin.</param>
/// <param name="Length">How many they are; none where the usage has no cost yet.</param>
/// <param name="Prefix">What must stand before the amount.</param>
internal readonly record struct CostPlace(int Start, int Length, string Prefix)
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = JsonFieldScanner.MaxDepth };

    /// <summary>
    /// The place within the object at <paramref name="path"/>; null where the JSON has no such object.
    /// </summary>
    public static CostPlace? Find(ReadOnlySpan<byte> json, IReadOnlyList<string> path)
    {
        try
        {
            var reader = new Utf8JsonReader(json, Options);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return null;
            foreach (var name in path)
                if (!TryEnter(ref reader, name))
                    return null;
            return Within(ref reader);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Moves from an object's start to the start of the object that it holds under a name.</summary>
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
    /// Some providers state a cost of their own (OpenRouter): a name that stands twice would be read as either.
    /// </summary>
    private static CostPlace Within(ref Utf8JsonReader reader)
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
                return new CostPlace(start, (int)reader.BytesConsumed - start, "");
        }

        return new CostPlace((int)reader.TokenStartIndex, 0, prefix);
    }
}
