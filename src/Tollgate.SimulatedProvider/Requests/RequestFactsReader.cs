using System.Text.Json;

namespace Tollgate.SimulatedProvider.Requests;

/// <summary>Reads the needed fields from a request without building a document from it.</summary>
internal static class RequestFactsReader
{
    // The models' own limits; a request above them would only make the simulation slow.
    private const int MaxChoices = 128;
    private const int MaxInputs = 2048;
    private const int MaxDimensions = 4096;

    /// <summary>The fields, or null if the body is not a JSON object with fields of the right type.</summary>
    public static RequestFacts? Read(ReadOnlySpan<byte> body)
    {
        var facts = new RequestFacts { Bytes = body.Length };
        try
        {
            var json = new Utf8JsonReader(body);
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
                return null;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
                ReadField(ref json, facts);
            return json.Read() ? null : facts;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static void ReadField(ref Utf8JsonReader json, RequestFacts facts)
    {
        if (json.ValueTextEquals("model"u8))
            facts.Model = Next(ref json).GetString();
        else if (json.ValueTextEquals("stream"u8))
            facts.Stream = ReadFlag(ref json);
        else if (json.ValueTextEquals("n"u8) || json.ValueTextEquals("candidateCount"u8))
            facts.Choices = (int)(ReadCount(ref json, MaxChoices) ?? 1);
        else if (IsMaxTokens(ref json))
            facts.MaxOutputTokens = ReadCount(ref json, int.MaxValue);
        else if (json.ValueTextEquals("dimensions"u8) || json.ValueTextEquals("outputDimensionality"u8))
            facts.Dimensions = (int?)ReadCount(ref json, MaxDimensions);
        else if (json.ValueTextEquals("encoding_format"u8))
            facts.Base64 = Next(ref json).ValueTextEquals("base64"u8);
        else if (json.ValueTextEquals("include_usage"u8))
            facts.IncludeUsage = ReadFlag(ref json);
        else if (json.ValueTextEquals("stream_options"u8) || json.ValueTextEquals("generationConfig"u8))
            ReadNested(ref json, facts);
        else if (json.ValueTextEquals("input"u8) || json.ValueTextEquals("requests"u8))
            ReadInputs(ref json, facts);
        else
            json.Skip();
    }

    private static bool IsMaxTokens(ref Utf8JsonReader json) =>
        json.ValueTextEquals("max_tokens"u8)
        || json.ValueTextEquals("max_completion_tokens"u8)
        || json.ValueTextEquals("max_output_tokens"u8)
        || json.ValueTextEquals("maxOutputTokens"u8);

    private static void ReadNested(ref Utf8JsonReader json, RequestFacts facts)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.StartArray)
            json.Skip();
        if (json.TokenType != JsonTokenType.StartObject)
            return;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            ReadField(ref json, facts);
    }

    /// <summary>Counts the texts or token lists of an embedding request; a list of numbers is one input.</summary>
    private static void ReadInputs(ref Utf8JsonReader json, RequestFacts facts)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.StartObject)
            json.Skip();
        if (json.TokenType != JsonTokenType.StartArray)
            return;
        var items = 0;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType != JsonTokenType.Number)
                items++;
            json.Skip();
        }

        facts.Inputs = Math.Clamp(items, 1, MaxInputs);
    }

    private static bool ReadFlag(ref Utf8JsonReader json)
    {
        json.Read();
        return json.TokenType != JsonTokenType.Null && json.GetBoolean();
    }

    private static long? ReadCount(ref Utf8JsonReader json, int max)
    {
        json.Read();
        return json.TokenType == JsonTokenType.Null ? null : Math.Clamp(json.GetInt64(), 1, max);
    }

    private static ref Utf8JsonReader Next(ref Utf8JsonReader json)
    {
        json.Read();
        return ref json;
    }
}
