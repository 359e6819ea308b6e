using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tollgate.Gateway.Access;
using Tollgate.Gateway.Providers;
using Tollgate.Metering.Wire.Gemini;

namespace Tollgate.Gateway.Dialects.Gemini;

/// <summary>The dialect of the Gemini API. The model and the action are in the path, not in the body.</summary>
internal sealed class GeminiDialect : IDialect
{
    public WireDialect Wire => WireDialect.Gemini;

    public string DefaultProvider => "gemini";

    public IReadOnlyList<Operation> Operations { get; } =
    [
        new()
        {
            Name = "generate_content",
            Paths = ActionPaths("generateContent"),
            CreateMeter = static () => new GenerateContentMeter(),
        },
        new()
        {
            Name = "generate_content",
            Paths = ActionPaths("streamGenerateContent"),
            CreateMeter = static () => new GenerateContentMeter(),
            StreamFormat = StreamFormat.JsonArray,
            AlwaysStreams = true,
            UsageLocation = new UsageLocation(["usageMetadata"], IsCumulative: true),
        },
        new()
        {
            Name = "count_tokens",
            Paths = ActionPaths("countTokens"),
            CreateMeter = static () => new GenerateContentMeter(),
            IsFree = true,
        },
        new()
        {
            Name = "embeddings",
            // Google's own clients send a single text as a batch of one.
            Paths = [.. ActionPaths("embedContent"), .. ActionPaths("batchEmbedContents")],
            CreateMeter = static () => new GenerateContentMeter(),
            GeneratesOutput = false,
        },
    ];

    public ReadOnlyMemory<char> GetCredential(HttpRequest request)
    {
        var key = CallerCredentials.GetHeader(request, "x-goog-api-key");
        if (!key.IsEmpty)
            return key;
        var query = request.Query["key"];
        return query.Count > 0 ? query[0].AsMemory() : CallerCredentials.GetBearerToken(request);
    }

    public void AddRateLimitHeaders(IHeaderDictionary headers, in RateLimitStatus status)
    {
        // Clients of this dialect read the headers of OpenAI, or none.
    }

    public void WriteError(Utf8JsonWriter json, GatewayError error, string requestId)
    {
        json.WriteStartObject();
        json.WriteStartObject("error"u8);
        json.WriteNumber("code"u8, error.Status);
        json.WriteString("message"u8, error.Message);
        json.WriteString("status"u8, GetErrorStatus(error));
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

    private static string[] ActionPaths(string name) =>
        [$"/v1beta/models/{{model}}:{name}", $"/v1/models/{{model}}:{name}"];

    private static string GetErrorStatus(GatewayError error) =>
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
