using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Tollgate.Tests.Delivery.Alerts;

/// <summary>A real web server that takes webhooks, refuses some, or takes one and kills its answer.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _refuse,
        _kill,
        _refused;

    private WebhookReceiver(WebApplication app) => _app = app;

    public ConcurrentQueue<Delivered> Taken { get; } = new();

    /// <summary>How many were answered 500; several may arrive at once.</summary>
    public int Refused => Volatile.Read(ref _refused);

    public Uri Url => new(_app.Urls.Single() + "/hook?token=not-to-be-logged");

    public int Port => Url.Port;

    /// <summary>How many of the next messages are answered 500.</summary>
    public int Refuse
    {
        set => Volatile.Write(ref _refuse, value);
    }

    /// <summary>How many of the next messages are taken without an answer.</summary>
    public int Kill
    {
        set => Volatile.Write(ref _kill, value);
    }

    public static async Task<WebhookReceiver> StartAsync(int port = 0)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}").UseKestrelCore();
        var app = builder.Build();
        var receiver = new WebhookReceiver(app);
        app.Run(receiver.TakeAsync);
        await app.StartAsync();
        return receiver;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        if (Interlocked.Decrement(ref _refuse) >= 0)
        {
            Interlocked.Increment(ref _refused);
            http.Response.StatusCode = 500;
            return;
        }

        Taken.Enqueue(
            new Delivered(
                http.Request.Headers["webhook-id"].ToString(),
                http.Request.Headers["webhook-timestamp"].ToString(),
                http.Request.Headers["webhook-signature"].ToString(),
                body.ToArray()
            )
        );
        if (Interlocked.Decrement(ref _kill) >= 0)
            http.Abort();
    }
}

/// <summary>What was taken.</summary>
internal sealed record Delivered(string Id, string Timestamp, string Signature, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);
}
