using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tollgate.Gateway.Access;
using Tollgate.Gateway.Providers;
using Tollgate.Metering.Wire.OpenAI;

namespace Tollgate.Gateway.Dialects.OpenAI;

/// <summary>The OpenAI dialect, and the many providers that speak it.</summary>
internal sealed class OpenAIDialect : IDialect
{
    public WireDialect Wire => WireDialect.OpenAI;

    public string DefaultProvider => "openai";

    public IReadOnlyList<Operation> Operations { get; } =
    [
        new()
        {
            Name = "chat",
            Paths = ["/v1/chat/completions", "/chat/completions", "/openai/deployments/{model}/chat/completions"],
            UpstreamPath = "/chat/completions",
            CreateMeter = static () => new ChatCompletionsMeter(),
            StreamFormat = StreamFormat.ServerSentEvents,
            RequiresUsageOption = true,
            UsageLocation = new UsageLocation(["usage"]),
        },
        new()
        {
            Name = "text_completion",
            Paths = ["/v1/completions", "/completions", "/openai/deployments/{model}/completions"],
            UpstreamPath = "/completions",
            CreateMeter = static () => new ChatCompletionsMeter(),
            StreamFormat = StreamFormat.ServerSentEvents,
            RequiresUsageOption = true,
            UsageLocation = new UsageLocation(["usage"]),
        },
        new()
        {
            Name = "responses",
            Paths = ["/v1/responses", "/responses"],
            UpstreamPath = "/responses",
            CreateMeter = static () => new ResponsesMeter(),
            StreamFormat = StreamFormat.ServerSentEvents,
            UsageLocation = new UsageLocation(["response", "usage"]),
        },
        new()
        {
            Name = "embeddings",
            Paths = ["/v1/embeddings", "/embeddings", "/openai/deployments/{model}/embeddings"],
            UpstreamPath = "/embeddings",
            CreateMeter = static () => new ChatCompletionsMeter(),
            GeneratesOutput = false,
        },
    ];

    public ReadOnlyMemory<char> GetCredential(HttpRequest request)
    {
        var bearer = CallerCredentials.GetBearerToken(request);
        return bearer.IsEmpty ? CallerCredentials.GetHeader(request, "api-key") : bearer;
    }

    public void AddRateLimitHeaders(IHeaderDictionary headers, in RateLimitStatus status)
    {
        // Clients of this dialect read the headers of OpenAI, or none.
    }

    public void WriteError(Utf8JsonWriter json, GatewayError error, string requestId)
    {
        json.WriteStartObject();
        json.WriteStartObject("error"u8);
        json.WriteString("message"u8, error.Message);
        json.WriteString("type"u8, GetErrorType(error));
        json.WriteNull("param"u8);
        json.WriteString("code"u8, error.Code);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public void WriteModels(Utf8JsonWriter json, IReadOnlyList<string> models, HttpRequest request)
    {
        json.WriteStartObject();
        json.WriteString("object"u8, "list"u8);
        json.WriteStartArray("data"u8);
        foreach (var model in models)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, model);
            json.WriteString("object"u8, "model"u8);
            json.WriteNumber("created"u8, 0);
            json.WriteString("owned_by"u8, "tollgate"u8);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string GetErrorType(GatewayError error) =>
        error.Kind switch
        {
            GatewayErrorKind.Authentication => "authentication_error",
            GatewayErrorKind.Permission => "permission_error",
            GatewayErrorKind.RateLimited => "rate_limit_exceeded",
            GatewayErrorKind.BudgetExceeded => "budget_exceeded",
            GatewayErrorKind.Overloaded or GatewayErrorKind.ProviderFailed or GatewayErrorKind.TimedOut =>
                "server_error",
            _ => "invalid_request_error",
        };
}
