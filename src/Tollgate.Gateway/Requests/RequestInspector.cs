using System.Buffers;
using System.Text;
using System.Text.Json;
using Tollgate.Metering.Usage;

namespace Tollgate.Gateway.Requests;

/// <summary>
/// Reads <see cref="RequestFields"/> from a request's bytes in one pass. The names of the three dialects do not
/// collide, so one pass serves all.
/// </summary>
/// <remarks>
/// The whole body is validated: it must be one JSON object, and no top-level key may appear twice, since the provider
/// might read the other one than the gateway does. Some servers ignore case when they match names (.NET by option, Go
/// always), so names that differ only in case are the same.
/// </remarks>
internal static class RequestInspector
{
    /// <summary>Requests with more top-level keys than this are rejected; the dialects define about forty.</summary>
    public const int MaxTopLevelKeys = 256;

    private const int MaxNameLength = 128;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = 256 };

    /// <summary>Reads the fields, or returns what is wrong with the body.</summary>
    /// <returns>Null if the body is valid, otherwise a message for the caller.</returns>
    public static string? TryRead(in ReadOnlySequence<byte> body, RequestFields fields)
    {
        try
        {
            var reader = new Utf8JsonReader(body, Options);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return "The request body must be a JSON object.";
            fields.BodyStart = reader.TokenStartIndex;
            var error = ReadMembers(ref reader, fields);
            if (error is not null)
                return error;
            return reader.Read() ? "The request body must be one JSON object with nothing after it." : null;
        }
        catch (JsonException exception)
        {
            return "The request body is not valid JSON: "
                + $"line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}.";
        }
        catch (InvalidOperationException)
        {
            return "The request body contains a string with invalid UTF-8 or an unpaired surrogate.";
        }
    }

    private static string? ReadMembers(ref Utf8JsonReader reader, RequestFields fields)
    {
        Span<ulong> seen = stackalloc ulong[MaxTopLevelKeys];
        var count = 0;
        Span<byte> buffer = stackalloc byte[MaxNameLength];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = buffer[..CopyName(ref reader, buffer, out var hash)];
            if (seen[..count].Contains(hash))
                return $"The top-level key '{reader.GetString()}' appears more than once.";
            if (count == MaxTopLevelKeys)
                return $"The request body has more than {MaxTopLevelKeys} top-level keys.";
            seen[count++] = hash;
            reader.Read();
            if (ReadMember(ref reader, name, fields) is { } error)
                return error;
        }

        return null;
    }

    /// <summary>
    /// Copies the name without escapes; nothing if it is too long to be a known one. The hash covers all of it, in
    /// lower case.
    /// </summary>
    private static int CopyName(ref Utf8JsonReader reader, scoped Span<byte> buffer, out ulong hash)
    {
        var length = reader.HasValueSequence ? reader.ValueSequence.Length : reader.ValueSpan.Length;
        var copied = length > MaxNameLength ? 0 : reader.CopyString(buffer);
        Span<byte> lower = stackalloc byte[MaxNameLength];
        hash =
            length <= MaxNameLength && Ascii.ToLower(buffer[..copied], lower, out _) == OperationStatus.Done
                ? Hash(lower[..copied])
                : Hash(Encoding.UTF8.GetBytes(Lower(reader.GetString()!)));
        return copied;
    }

    /// <summary>Two letters outside ASCII have s and k as their other case; Go treats them as those letters.</summary>
    private static string Lower(string name) => name.ToLowerInvariant().Replace('\u017f', 's').Replace('\u212a', 'k');

    private static ulong Hash(ReadOnlySpan<byte> bytes)
    {
        // Two seeded 32-bit hashes: with at most 256 keys, different names do not collide, neither by chance nor by
        // design.
        var first = default(HashCode);
        first.AddBytes(bytes);
        var second = default(HashCode);
        second.Add(bytes.Length);
        second.AddBytes(bytes);
        return ((ulong)(uint)first.ToHashCode() << 32) | (uint)second.ToHashCode();
    }

    private static string? ReadMember(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, RequestFields fields)
    {
        if (name.SequenceEqual("model"u8))
            return ReadModel(ref reader, fields);
        if (name.SequenceEqual("stream"u8))
            return ReadStream(ref reader, fields);
        if (name.SequenceEqual("max_tokens"u8))
            return ReadBound(ref reader, "max_tokens", fields);
        if (name.SequenceEqual("max_completion_tokens"u8))
            return ReadBound(ref reader, "max_completion_tokens", fields);
        if (name.SequenceEqual("max_output_tokens"u8))
            return ReadBound(ref reader, "max_output_tokens", fields);
        if (name.SequenceEqual("n"u8))
            return ReadChoices(ref reader, "n", fields);
        if (name.SequenceEqual("best_of"u8))
            return ReadChoices(ref reader, "best_of", fields);
        if (name.SequenceEqual("service_tier"u8))
            return ReadServiceTier(ref reader, fields);
        if (name.SequenceEqual("user"u8))
            return ReadEndUser(ref reader, fields);
        if (name.SequenceEqual("stream_options"u8))
            return ReadStreamOptions(ref reader, fields);
        if (name.SequenceEqual("metadata"u8))
            return ReadMetadata(ref reader, fields);
        if (name.SequenceEqual("generationConfig"u8) || name.SequenceEqual("generation_config"u8))
            return ReadGenerationConfig(ref reader, fields);
        reader.Skip();
        return null;
    }

    private static string? ReadModel(ref Utf8JsonReader reader, RequestFields fields)
    {
        if (reader.TokenType != JsonTokenType.String)
            return WrongType(ref reader, "model", "a string");
        fields.Model = reader.GetString();
        fields.ModelValue = GetRange(ref reader);
        return null;
    }

    private static string? ReadStream(ref Utf8JsonReader reader, RequestFields fields)
    {
        if (reader.TokenType is not (JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null))
            return WrongType(ref reader, "stream", "true or false");
        fields.Stream = reader.TokenType == JsonTokenType.True;
        return null;
    }

    private static string? ReadBound(ref Utf8JsonReader reader, string name, RequestFields fields)
    {
        if (ReadNumber(ref reader, name, out var bound) is { } error)
            return error;
        // If both are given, it is unknown which one the provider uses.
        if (bound is not null)
            fields.MaxOutputTokens = Math.Max(bound.Value, fields.MaxOutputTokens ?? 0);
        return null;
    }

    private static string? ReadChoices(ref Utf8JsonReader reader, string name, RequestFields fields)
    {
        if (ReadNumber(ref reader, name, out var choices) is { } error)
            return error;
        fields.Choices = Math.Max(fields.Choices, choices ?? 1);
        return null;
    }

    private static string? ReadNumber(ref Utf8JsonReader reader, string name, out long? number)
    {
        number = null;
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var value) || value < 0)
            return WrongType(ref reader, name, "a non-negative integer");
        number = value;
        return null;
    }

    /// <summary>
    /// Only tiers that cost more than the standard one must be known in advance; any other value is left to the
    /// provider.
    /// </summary>
    private static string? ReadServiceTier(ref Utf8JsonReader reader, RequestFields fields)
    {
        if (reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("priority"u8))
            fields.ServiceTier = ServiceTier.Priority;
        reader.Skip();
        return null;
    }

    private static string? ReadEndUser(ref Utf8JsonReader reader, RequestFields fields)
    {
        if (reader.TokenType == JsonTokenType.String)
            fields.EndUser = reader.GetString();
        else
            reader.Skip();
        return null;
    }

    private static string? ReadStreamOptions(ref Utf8JsonReader reader, RequestFields fields)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            fields.StreamOptions = GetRange(ref reader);
            return null;
        }

        if (reader.TokenType != JsonTokenType.StartObject)
            return WrongType(ref reader, "stream_options", "an object");
        fields.StreamOptions = new ByteRange(reader.TokenStartIndex, 1);
        fields.StreamOptionsIsObject = true;
        fields.StreamOptionsIsEmpty = true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            fields.StreamOptionsIsEmpty = false;
            var isUsage = reader.ValueTextEquals("include_usage"u8);
            reader.Read();
            if (isUsage && fields.IncludeUsageValue is not null)
                return "The key 'stream_options.include_usage' appears more than once.";
            if (isUsage && reader.TokenType is (JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null))
            {
                fields.IncludeUsageValue = GetRange(ref reader);
                fields.IncludeUsage = reader.TokenType == JsonTokenType.True;
            }
            else if (isUsage)
                return WrongType(ref reader, "stream_options.include_usage", "true or false");
            reader.Skip();
        }

        return null;
    }

    private static string? ReadMetadata(ref Utf8JsonReader reader, RequestFields fields)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isUser = reader.ValueTextEquals("user_id"u8);
            reader.Read();
            if (isUser && reader.TokenType == JsonTokenType.String)
                fields.EndUser ??= reader.GetString();
            reader.Skip();
        }

        return null;
    }

    private static string? ReadGenerationConfig(ref Utf8JsonReader reader, RequestFields fields)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            // Protobuf's JSON format accepts both spellings.
            var isBound = reader.ValueTextEquals("maxOutputTokens"u8) || reader.ValueTextEquals("max_output_tokens"u8);
            var isCount = reader.ValueTextEquals("candidateCount"u8) || reader.ValueTextEquals("candidate_count"u8);
            reader.Read();
            var error =
                isBound ? ReadBound(ref reader, "generationConfig.maxOutputTokens", fields)
                : isCount ? ReadChoices(ref reader, "generationConfig.candidateCount", fields)
                : null;
            if (error is not null)
                return error;
            reader.Skip();
        }

        return null;
    }

    private static string WrongType(ref Utf8JsonReader reader, string name, string wanted) =>
        $"'{name}' must be {wanted}, not {Describe(reader.TokenType)}.";

    private static string Describe(JsonTokenType token) =>
        token switch
        {
            JsonTokenType.StartObject => "an object",
            JsonTokenType.StartArray => "an array",
            JsonTokenType.String => "a string",
            JsonTokenType.Number => "this number",
            JsonTokenType.True or JsonTokenType.False => "a boolean",
            _ => "null",
        };

    private static ByteRange GetRange(ref Utf8JsonReader reader) =>
        new(reader.TokenStartIndex, (int)(reader.BytesConsumed - reader.TokenStartIndex));
}
