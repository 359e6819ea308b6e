using System.Net;
using System.Text.Json;

namespace Tollgate.Api.Tests.OneNumber;

/// <summary>Reads routes as one sender.</summary>
internal sealed class Reader(HttpClient client, string token)
{
    /// <summary>Reads a route.</summary>
    public async Task<JsonElement> GetAsync(string path) => Parse(await GetTextAsync(path, "application/json"));

    /// <summary>Reads a route in a format.</summary>
    public async Task<string> GetTextAsync(string path, string accept)
    {
        using var request = ApiHost.CreateRequest(HttpMethod.Get, path, token);
        request.Headers.Add("Accept", accept);
        return await ReadAsync(request);
    }

    /// <summary>Reads a page, and the address of the next one from its header.</summary>
    public async Task<(JsonElement Page, string? Next)> GetPageAsync(string path)
    {
        using var request = ApiHost.CreateRequest(HttpMethod.Get, path, token);
        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.OK, path + text);
        var link = response.Headers.TryGetValues("Link", out var links) ? links.Single() : null;
        return (Parse(text), link?[1..link.IndexOf('>', StringComparison.Ordinal)]);
    }

    /// <summary>Runs a statement, and returns its only row.</summary>
    public async Task<JsonElement> SelectAsync(string sql)
    {
        var body = JsonSerializer.Serialize(new Dictionary<string, string> { ["sql"] = sql });
        using var request = ApiHost.CreateRequest(HttpMethod.Post, "/api/v1/query", token, body);
        return Parse(await ReadAsync(request)).GetProperty("rows")[0];
    }

    /// <summary>The lines of a file as JSON.</summary>
    public static IReadOnlyList<JsonElement> ParseLines(string text) =>
        [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Parse)];

    private async Task<string> ReadAsync(HttpRequestMessage request)
    {
        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.OK, request.RequestUri + text);
        return text;
    }

    private static JsonElement Parse(string text)
    {
        using var json = JsonDocument.Parse(text);
        return json.RootElement.Clone();
    }
}
