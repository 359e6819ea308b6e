using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tollgate.SimulatedProvider.Scripting;

namespace Tollgate.SimulatedProvider.Tests;

/// <summary>A started provider and a client that speaks its dialects.</summary>
internal sealed class Provider : IAsyncDisposable
{
    private readonly SimulatedProviderServer _server;

    private Provider(SimulatedProviderServer server)
    {
        _server = server;
        Client = new HttpClient { BaseAddress = server.BaseAddress };
    }

    public HttpClient Client { get; }

    public Uri Http2BaseAddress => _server.Http2BaseAddress!;

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<Provider> StartAsync(SimulatedProviderOptions? options = null) =>
        new(await SimulatedProviderServer.StartAsync(options ?? new SimulatedProviderOptions(), Token));

    public static JsonObject ChatBody(string script, bool stream = false, string model = "gpt-4o", bool usage = true)
    {
        var body = new JsonObject
        {
            ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = "Hello " + script }),
            ["model"] = model,
        };
        if (!stream)
            return body;
        body["stream"] = true;
        if (usage)
            body["stream_options"] = new JsonObject { ["include_usage"] = true };
        return body;
    }

    public static JsonObject AnthropicBody(string script, bool stream = false, string model = "claude-sonnet-4-5") =>
        new()
        {
            ["model"] = model,
            ["max_tokens"] = 1024,
            ["stream"] = stream,
            ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = "Hello " + script }),
        };

    public static JsonObject GeminiBody(string script) =>
        new()
        {
            ["contents"] = new JsonArray(
                new JsonObject { ["role"] = "user", ["parts"] = new JsonArray(new JsonObject { ["text"] = script }) }
            ),
        };

    public Task<HttpResponseMessage> ChatAsync(
        string script,
        bool stream = false,
        string model = "gpt-4o",
        bool usage = true
    ) => PostAsync("/v1/chat/completions", ChatBody(script, stream, model, usage));

    public Task<HttpResponseMessage> ResponsesAsync(string script, bool stream = false) =>
        PostAsync(
            "/v1/responses",
            new JsonObject
            {
                ["model"] = "gpt-5",
                ["input"] = "Hello " + script,
                ["stream"] = stream,
            }
        );

    public Task<HttpResponseMessage> MessagesAsync(string script, bool stream = false) =>
        PostAsync("/v1/messages", AnthropicBody(script, stream));

    public Task<HttpResponseMessage> GeminiAsync(string operation, string script, string model = "gemini-2.5-flash") =>
        PostAsync("/v1beta/models/" + model + ":" + operation, GeminiBody(script));

    public async Task<HttpResponseMessage> PostAsync(string path, JsonNode body, string? key = "test")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        if (key is not null)
        {
            request.Headers.Add("Authorization", "Bearer " + key);
            request.Headers.Add("x-api-key", key);
            request.Headers.Add("x-goog-api-key", key);
        }

        return await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
    }

    /// <summary>The bill, once no call is in flight any more.</summary>
    public async Task<JsonNode> BillAsync() => (await Client.GetFromJsonAsync<JsonNode>("/bill?wait=20000", Token))!;

    public async Task<JsonNode> AuditAsync() =>
        (await Client.GetFromJsonAsync<JsonNode>("/bill/audit?wait=20000", Token))!;

    public async Task<JsonNode[]> CallsAsync(string query = "") =>
        [
            .. (await Client.GetStringAsync("/bill/calls?wait=20000" + query, Token))
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonNode.Parse(line)!),
        ];

    public Task StopServerAsync() => _server.DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.DisposeAsync();
    }
}

internal static class Reading
{
    public static async Task<JsonNode> JsonAsync(
        this Task<HttpResponseMessage> sending,
        HttpStatusCode expected = HttpStatusCode.OK
    )
    {
        using var response = await sending;
        var text = await response.Content.ReadAsStringAsync(Provider.Token);
        response.StatusCode.ShouldBe(expected, text);
        return JsonNode.Parse(text)!;
    }

    public static async Task<string> TextAsync(this Task<HttpResponseMessage> sending)
    {
        using var response = await sending;
        return await response.Content.ReadAsStringAsync(Provider.Token);
    }

    /// <summary>The events of a stream as (event name, data).</summary>
    public static async Task<(string? Name, string Data)[]> EventsAsync(this Task<HttpResponseMessage> sending) =>
        Events(await sending.TextAsync());

    public static (string? Name, string Data)[] Events(string text) =>
        [.. text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(Event)];

    /// <summary>As much of the text as arrives before the connection breaks; it must break.</summary>
    public static async Task<string> CutTextAsync(this Task<HttpResponseMessage> sending)
    {
        using var response = await sending;
        using var stream = await response.Content.ReadAsStreamAsync(Provider.Token);
        using var received = new MemoryStream();
        await Should.ThrowAsync<Exception>(() => stream.CopyToAsync(received, Provider.Token));
        return Encoding.UTF8.GetString(received.ToArray());
    }

    public static JsonNode Json(this (string? Name, string Data) @event) => JsonNode.Parse(@event.Data)!;

    public static long Count(this JsonNode node, params string[] path) =>
        path.Aggregate(
                node,
                (at, name) =>
                    at[name]
                    ?? throw new JsonException(
                        string.Create(CultureInfo.InvariantCulture, $"no {name} in {at.ToJsonString()}")
                    )
            )
            .GetValue<long>();

    private static (string? Name, string Data) Event(string text)
    {
        var lines = text.Split('\n');
        var name = lines[0].StartsWith("event: ", StringComparison.Ordinal) ? lines[0][7..] : null;
        lines[^1].ShouldStartWith("data: ");
        return (name, lines[^1][6..]);
    }
}
