using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Tollgate.Gateway.Tests;

/// <summary>A provider of a test's own making: it answers as told, and remembers the bytes that it was asked.</summary>
internal sealed class ScriptedUpstream : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ScriptedUpstream(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    public ConcurrentQueue<Asked> Requests { get; } = new();

    public static async Task<ScriptedUpstream> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder
            .WebHost.UseUrls("http://127.0.0.1:0")
            .ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        var app = builder.Build();
        var upstream = new ScriptedUpstream(app);
        app.Run(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            upstream.Requests.Enqueue(
                new Asked(
                    http.Request.Path + http.Request.QueryString,
                    body.ToArray(),
                    http.Request.Headers.ToDictionary(
                        header => header.Key,
                        header => header.Value.ToString(),
                        StringComparer.OrdinalIgnoreCase
                    )
                )
            );
            await answer(http);
        });
        await app.StartAsync();
        return upstream;
    }

    /// <summary>An upstream that answers every request with the same bytes, flushed one piece after another.</summary>
    public static Task<ScriptedUpstream> AnsweringAsync(string contentType, params byte[][] pieces) =>
        StartAsync(async http =>
        {
            http.Response.ContentType = contentType;
            foreach (var piece in pieces)
            {
                await http.Response.Body.WriteAsync(piece);
                await http.Response.Body.FlushAsync();
            }
        });

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    internal sealed record Asked(string Path, byte[] Body, IReadOnlyDictionary<string, string> Headers);
}
