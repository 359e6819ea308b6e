using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Tollgate.Api.Problems;
using Tollgate.Api.Requests;

namespace Tollgate.Api.Compatibility.LiteLlm.Bodies;

/// <summary>
/// Reads bodies of LiteLLM's clients, which send many fields with values that mean nothing. A field without effect here
/// is accepted if it is null, false, or empty; otherwise it is refused: a cap that is ignored is the worst response.
/// </summary>
internal static class LiteLlmBody
{
    /// <summary>Reads the body of a request that creates something: null is the same as absent.</summary>
    /// <exception cref="ProblemException">It is not JSON, or has a field that has no effect here.</exception>
    public static async Task<T> ReadNewAsync<T>(
        ApiRequest request,
        JsonTypeInfo<T> type,
        CancellationToken cancellationToken
    )
        where T : class =>
        ContractReader.Read(
            Reduce(await BodyReader.ReadAsync(request.Http.Request, cancellationToken), type, keepsNulls: false),
            type
        );

    /// <summary>Reads the body of a request that changes something: null removes a limit.</summary>
    /// <exception cref="ProblemException">It is not JSON, or has a field that has no effect here.</exception>
    public static async Task<T> ReadChangeAsync<T>(
        ApiRequest request,
        JsonTypeInfo<T> type,
        CancellationToken cancellationToken
    )
        where T : class =>
        ContractReader.Read(
            Reduce(await BodyReader.ReadAsync(request.Http.Request, cancellationToken), type, keepsNulls: true),
            type
        );

    /// <summary>Returns the body without fields that mean nothing; as it is if it is not a JSON object.</summary>
    private static ReadOnlyMemory<byte> Reduce(ReadOnlyMemory<byte> body, JsonTypeInfo type, bool keepsNulls)
    {
        var names = type.Properties.Select(static property => property.Name).ToHashSet(StringComparer.Ordinal);
        var reduced = new ArrayBufferWriter<byte>();
        try
        {
            using var document = JsonDocument.Parse(
                body,
                new JsonDocumentOptions { MaxDepth = 32, AllowDuplicateProperties = false }
            );
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return body;
            using var writer = new Utf8JsonWriter(reduced);
            writer.WriteStartObject();
            foreach (var field in document.RootElement.EnumerateObject())
            {
                if (IsWithoutMeaning(field.Value, names.Contains(field.Name), keepsNulls))
                    continue;
                writer.WritePropertyName(field.Name);
                writer.WriteRawValue(field.Value.GetRawText(), skipInputValidation: true);
            }

            writer.WriteEndObject();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            return body; // The reader reports the error with its place.
        }

        return reduced.WrittenMemory;
    }

    private static bool IsWithoutMeaning(JsonElement value, bool isKnown, bool keepsNulls) =>
        isKnown
            ? !keepsNulls && value.ValueKind == JsonValueKind.Null
            : value.ValueKind switch
            {
                JsonValueKind.Null or JsonValueKind.False => true,
                JsonValueKind.Array => value.GetArrayLength() == 0,
                JsonValueKind.Object => !value.EnumerateObject().Any(),
                _ => false,
            };
}
