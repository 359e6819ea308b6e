using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tollgate.Gateway.Access;
using Tollgate.Gateway.Providers;
using Tollgate.Metering.Wire.Anthropic;

namespace Tollgate.Gateway.Dialects.Anthropic;

/// <summary>The dialect of Anthropic's Messages API.</summary>
internal sealed class AnthropicDialect : IDialect
{
    public WireDialect Wire => WireDialect.Anthropic;

    public string DefaultProvider => "anthropic";

    // A client whose base address ends in /v1 asks for /v1/v1/messages: Anthropic's clients add the version themselves.
    public IReadOnlyList<Operation> Operations { get; } =
    [
        new()
        {
            Name = "chat",
            Paths = ["/v1/messages", "/v1/v1/messages"],
            UpstreamPath = "/v1/messages",
            CreateMeter = static () => new MessagesMeter(),
            StreamFormat = StreamFormat.ServerSentEvents,
            // That of message_delta; message_start, which has only the input, carries its own within the message.
            UsageLocation = new UsageLocation(["usage"]),
        },
        new()
        {
            Name = "count_tokens",
            Paths = ["/v1/messages/count_tokens", "/v1/v1/messages/count_tokens"],
            UpstreamPath = "/v1/messages/count_tokens",
            CreateMeter = static () => new MessagesMeter(),
            IsFree = true,
        },
    ];

    public ReadOnlyMemory<char> GetCredential(HttpRequest request)
    {
        var key = CallerCredentials.GetHeader(request, "x-api-key");
        return key.IsEmpty ? CallerCredentials.GetBearerToken(request) : key;
    }

    public void AddRateLimitHeaders(IHeaderDictionary headers, in RateLimitStatus status)
    {
        headers[$"anthropic-ratelimit-{status.Kind}-limit"] = status.Limit;
        headers[$"anthropic-ratelimit-{status.Kind}-remaining"] = status.Remaining;
        if (status.ResetsAt is { } reset)
            headers[$"anthropic-ratelimit-{status.Kind}-reset"] = reset
                .ToUniversalTime()
                .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
    }

    public void WriteError(Utf8JsonWriter json, GatewayError error, string requestId)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "error"u8);
        json.WriteStartObject("error"u8);
        json.WriteString("type"u8, GetErrorType(error));
        json.WriteString("message"u8, error.Message);
        json.WriteEndObject();
        json.WriteString("request_id"u8, requestId);
        json.WriteEndObject();
    }

    public void WriteModels(Utf8JsonWriter json, IReadOnlyList<string> models, HttpRequest request)
    {
        json.WriteStartObject();
        json.WriteStartArray("data"u8);
        foreach (var model in models)
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "model"u8);
            json.WriteString("id"u8, model);
            json.WriteString("display_name"u8, model);
            json.WriteString("created_at"u8, "1970-01-01T00:00:00Z"u8);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteBoolean("has_more"u8, false);
        WriteOrNull(json, "first_id"u8, models.Count == 0 ? null : models[0]);
        WriteOrNull(json, "last_id"u8, models.Count == 0 ? null : models[^1]);
        json.WriteEndObject();
    }

    private static void WriteOrNull(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? value)
    {
        if (value is null)
            json.WriteNull(name);
        else
            json.WriteString(name, value);
    }

    private static string GetErrorType(GatewayError error) =>
        error.Kind switch
        {
            GatewayErrorKind.Authentication => "authentication_error",
            GatewayErrorKind.Permission => "permission_error",
            GatewayErrorKind.NotFound => "not_found_error",
            GatewayErrorKind.TooLarge => "request_too_large",
            GatewayErrorKind.RateLimited or GatewayErrorKind.BudgetExceeded => "rate_limit_error",
            GatewayErrorKind.Overloaded => "overloaded_error",
            GatewayErrorKind.TimedOut => "timeout_error",
            GatewayErrorKind.ProviderFailed => "api_error",
            _ => "invalid_request_error",
        };
}
