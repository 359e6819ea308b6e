using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Tollgate.Api.Responses;
using Tollgate.Testing;

namespace Tollgate.Api.Tests.Responses;

/// <summary>Event streams through a real web server, at a clock that the test sets.</summary>
public sealed class EventStreamTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new();
    private readonly Channel<ServerEvent> _events = Channel.CreateUnbounded<ServerEvent>();
    private readonly HttpClient _client = new();
    private WebApplication _app = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseUrls("http://127.0.0.1:0").UseKestrelCore();
        _app = builder.Build();
        _app.Run(http =>
            new EventStreamResponse(_events.Reader.ReadAllAsync(), _time).SendAsync(http, http.RequestAborted)
        );
        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task Sends_events_and_heartbeats_between_them()
    {
        using var reader = await OpenAsync();
        await _events.Writer.WriteAsync(new ServerEvent("1", "progress", "{\n}"));
        (await ReadAsync(reader, 5)).ShouldBe(["id: 1", "event: progress", "data: {", "data: }", ""]);

        var line = reader.ReadLineAsync();
        await Eventually.BecomesTrueAsync(() =>
        {
            // The wait for the next event may start after an advance, so that another one is needed.
            _time.Advance(EventStreamResponse.HeartbeatInterval);
            return line.IsCompleted;
        });
        (await line).ShouldBe(": heartbeat");

        _events.Writer.Complete();
        (await reader.ReadToEndAsync()).Replace(": heartbeat", "").Trim().ShouldBeEmpty();
    }

    [Fact]
    public async Task Ends_when_the_program_stops()
    {
        using var reader = await OpenAsync();
        await _events.Writer.WriteAsync(new ServerEvent("1", "progress", "{}"));
        await ReadAsync(reader, 4);

        await _app.StopAsync();

        (await reader.ReadToEndAsync()).ShouldBeEmpty();
    }

    private async Task<StreamReader> OpenAsync()
    {
        var response = await _client.GetAsync(_app.Urls.Single(), HttpCompletionOption.ResponseHeadersRead);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        return new StreamReader(await response.Content.ReadAsStreamAsync());
    }

    private static async Task<List<string?>> ReadAsync(StreamReader reader, int count)
    {
        var lines = new List<string?>();
        while (lines.Count < count)
            lines.Add(await reader.ReadLineAsync());
        return lines;
    }
}
