using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Tollgate.Tests.Collectors;

/// <summary>A real web server that answers reports as a test says, and remembers what it was asked.</summary>
internal sealed class ReportServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ReportServer(WebApplication app) => _app = app;

    /// <summary>The questions: path and query.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    public Uri Url => new(_app.Urls.Single());

    public static async Task<ReportServer> StartAsync(Func<HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseUrls("http://127.0.0.1:0").UseKestrelCore();
        var app = builder.Build();
        var server = new ReportServer(app);
        app.Run(context =>
        {
            server.Asked.Enqueue(context.Request.Path + context.Request.QueryString);
            return answer(context);
        });
        await app.StartAsync();
        return server;
    }

    public static Task SendAsync(HttpContext context, string json, int status = 200)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json);
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        try
        {
            await _app.StopAsync(now.Token);
        }
        catch (OperationCanceledException)
        {
            // A question that a test left unanswered.
        }

        await _app.DisposeAsync();
    }
}
