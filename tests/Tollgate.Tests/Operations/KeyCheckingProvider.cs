using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Tollgate.Tests.Operations;

/// <summary>A provider in the OpenAI dialect that accepts one key.</summary>
internal sealed class KeyCheckingProvider : IAsyncDisposable
{
    /// <summary>A text of the provider's, which no response of the gateway's API may repeat.</summary>
    public const string Text = "a-text-of-the-provider";

    private readonly WebApplication _app;
    private volatile string _key = "";

    private KeyCheckingProvider(WebApplication app) => _app = app;

    /// <summary>The base address, with the version.</summary>
    public string Address => _app.Urls.First() + "/v1";

    /// <summary>The only key that it accepts.</summary>
    public string Key
    {
        get => _key;
        set => _key = value;
    }

    public static async Task<KeyCheckingProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var provider = new KeyCheckingProvider(app);
        app.MapPost("/v1/chat/completions", provider.RespondAsync);
        app.MapGet("/v1/models", provider.RespondAsync);
        await app.StartAsync();
        return provider;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Task RespondAsync(HttpContext http)
    {
        http.Response.ContentType = "application/json";
        if (http.Request.Headers.Authorization == $"Bearer {_key}")
            return http.Response.WriteAsync(
                $$$"""
                {"id":"c","object":"chat.completion","created":1,"model":"gpt-4o","choices":[{"index":0,"message":
                {"role":"assistant","content":"{{{Text}}}"},"finish_reason":"stop"}],
                "usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}
                """
            );
        http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return http.Response.WriteAsync($$$"""{"error":{"message":"{{{Text}}}","code":"invalid_api_key"}}""");
    }
}
