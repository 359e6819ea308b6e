using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tollgate.Gateway.Access;
using Tollgate.Metering.Wire.Gemini;

namespace Tollgate.Gateway.Dialects.Gemini;

/// <summary>The dialect of the Gemini API. The model and the action are in the path, not in the body.</summary>
internal sealed class GeminiDialect : IDialect
{
    public string DefaultProvider => "gemini";

    public IReadOnlyList<Operation> Operations { get; } =
    [
        new()
        {
            Name = "generate_content",
            Paths = Action("generateContent"),
            NewMeter = static () => new GenerateContentMeter(),
        },
        new()
        {
            Name = "generate_content",
            Paths = Action("streamGenerateContent"),
            NewMeter = static () => new GenerateContentMeter(),
            StreamFormat = StreamFormat.JsonArray,
            AlwaysStreams = true,
            Usage = new UsageStatement(["usageMetadata"], IsRepeated: true),
        },
        new()
        {
            Name = "count_tokens",
            Paths = Action("countTokens"),
            NewMeter = static () => new GenerateContentMeter(),
            IsFree = true,
        },
        new()
        {
            Name = "embeddings",
            // Google's own clients send a single text as a batch of one.
            Paths = [.. Action("embedContent"), .. Action("batchEmbedContents")],
            NewMeter = static () => new GenerateContentMeter(),
            Generates = false,
        },
    ];

    public ReadOnlyMemory<char> CredentialOf(HttpRequest request)
    {
        var key = CallerCredentials.Header(request, "x-goog-api-key");
        if (!key.IsEmpty)
            return key;
        var query = request.Query["key"];
        return query.Count > 0 ? query[0].AsMemory() : CallerCredentials.Bearer(request);
    }

    public void WriteError(Utf8JsonWriter json, GatewayError error, string requestId)
    {
        json.WriteStartObject();
        json.WriteStartObject("error"u8);
        json.WriteNumber("code"u8, error.Status);
        json.WriteString("message"u8, error.Message);
        json.WriteString("status"u8, StatusOf(error));
        json.WriteStartArray("details"u8);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public void WriteModels(Utf8JsonWriter json, IReadOnlyList<string> models, HttpRequest request)
    {
        json.WriteStartObject();
        json.WriteStartArray("models"u8);
        foreach (var model in models)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, "models/" + model);
            json.WriteString("displayName"u8, model);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string[] Action(string name) => [$"/v1beta/models/{{model}}:{name}", $"/v1/models/{{model}}:{name}"];

    private static string StatusOf(GatewayError error) =>
        error.Kind switch
        {
            GatewayErrorKind.Authentication => "UNAUTHENTICATED",
            GatewayErrorKind.Permission => "PERMISSION_DENIED",
            GatewayErrorKind.NotFound => "NOT_FOUND",
            GatewayErrorKind.RateLimited or GatewayErrorKind.BudgetExceeded => "RESOURCE_EXHAUSTED",
            GatewayErrorKind.Overloaded => "UNAVAILABLE",
            GatewayErrorKind.TimedOut => "DEADLINE_EXCEEDED",
            GatewayErrorKind.ProviderFailed => "INTERNAL",
            _ => "INVALID_ARGUMENT",
        };
}
