using System.Text;
using System.Text.Json.Nodes;

namespace Tollgate.Demo;

/// <summary>
/// Some traffic in all three dialects, streamed and not, with usage that shows which token types are distinguished.
/// </summary>
internal static class DemoTraffic
{
    private static readonly (string Path, string Model, bool Streams, string Script)[] Calls =
    [
        ("/v1/chat/completions", "gpt-4o", false, "input=1200 cached=1000 output=180"),
        ("/v1/chat/completions", "gpt-4o-mini", true, "input=850 output=320 chunks=16"),
        ("/v1/responses", "gpt-5", true, "input=2400 cached=1024 output=900 reasoning=640 chunks=12"),
        ("/v1/embeddings", "text-embedding-3-small", false, "input=64"),
        ("/v1/messages", "claude-sonnet-4-5", false, "input=3000 cached=2000 cache5m=500 output=250"),
        ("/v1/messages", "claude-haiku-4-5", true, "input=1800 cache1h=1500 output=400 chunks=20"),
        ("/v1beta/models/{model}:generateContent", "gemini-2.5-flash", false, "input=700 output=210 reasoning=90"),
        (
            "/v1beta/models/{model}:streamGenerateContent?alt=sse",
            "gemini-2.5-pro",
            true,
            "input=5000 cached=4096 output=600 reasoning=400 chunks=10"
        ),
    ];

    /// <summary>Sends the calls in sequence and reads each response to its end.</summary>
    public static async Task SendAsync(Uri gateway, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = gateway };
        foreach (var (path, model, streams, script) in Calls)
        {
            using var content = new ByteArrayContent(
                Body(path, model, streams, $"What does a call cost? [[sim {script}]]")
            );
            content.Headers.ContentType = new("application/json");
            using var response = await client.PostAsync(
                path.Replace("{model}", model, StringComparison.Ordinal),
                content,
                cancellationToken
            );
            response.EnsureSuccessStatusCode();
            await response.Content.ReadAsByteArrayAsync(cancellationToken);
        }
    }

    /// <summary>An example call for the user's shell.</summary>
    public static string Curl(Uri gateway) =>
        $$"""
            curl {{gateway}}v1/chat/completions \
              -H 'content-type: application/json' \
              -d '{"model": "gpt-4o-mini", "messages": [{"role": "user", "content": "Hello!"}]}'
            """;

    private static byte[] Body(string path, string model, bool streams, string prompt)
    {
        JsonObject body = path switch
        {
            "/v1/chat/completions" => new() { ["messages"] = Messages(prompt), ["stream"] = streams },
            "/v1/responses" => new() { ["input"] = prompt, ["stream"] = streams },
            "/v1/embeddings" => new() { ["input"] = prompt },
            "/v1/messages" => new()
            {
                ["max_tokens"] = 1024,
                ["messages"] = Messages(prompt),
                ["stream"] = streams,
            },
            // The path names the model.
            _ => new()
            {
                ["contents"] = new JsonArray(
                    new JsonObject
                    {
                        ["role"] = "user",
                        ["parts"] = new JsonArray(new JsonObject { ["text"] = prompt }),
                    }
                ),
            },
        };
        if (!path.Contains("{model}", StringComparison.Ordinal))
            body["model"] = model;
        return Encoding.UTF8.GetBytes(body.ToJsonString());
    }

    private static JsonArray Messages(string prompt) => new(new JsonObject { ["role"] = "user", ["content"] = prompt });
}
