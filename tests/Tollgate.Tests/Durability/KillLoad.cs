using System.Collections.Concurrent;
using System.Text;

namespace Tollgate.Tests.Durability;

/// <summary>
/// Callers of all dialects who remember which answers they hold whole. Each call's session is its name.
/// </summary>
internal sealed class KillLoad
{
    private const int Callers = 24;

    private int _next;

    /// <summary>The calls whose answers arrived whole.</summary>
    public ConcurrentBag<string> Whole { get; } = [];

    /// <summary>Calls without pause until told to stop, or until the gate is gone.</summary>
    public async Task RunAsync(Task<Uri> gate, CancellationToken stop)
    {
        try
        {
            using var client = new HttpClient { BaseAddress = await gate.WaitAsync(stop) };
            await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => CallAsync(client, stop)));
        }
        catch (Exception exception) when (exception is OperationCanceledException or InvalidOperationException)
        {
            // Killed before it served.
        }
    }

    private async Task CallAsync(HttpClient client, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var number = Interlocked.Increment(ref _next);
            try
            {
                using var request = Request(number);
                using var answer = await client.SendAsync(request, stop);
                var body = await answer.Content.ReadAsStringAsync(stop);
                if (answer.IsSuccessStatusCode && IsWhole(body))
                    Whole.Add(NameOf(number));
            }
            catch (Exception exception)
                when (exception is HttpRequestException or IOException or OperationCanceledException)
            {
                return;
            }
        }
    }

    private static string NameOf(int number) => $"call{number}";

    private static bool IsWhole(string body) =>
        body.EndsWith("data: [DONE]\n\n", StringComparison.Ordinal)
        || body.Contains("event: message_stop", StringComparison.Ordinal)
        || body.EndsWith('}');

    private static HttpRequestMessage Request(int number)
    {
        var script =
            $"[[sim id={NameOf(number)} input={100 + (number % 900)} output={20 + (number % 60)} chunks=4 "
            + $"ttft={number % 3}ms]]";
        var (path, json) = (number % 5) switch
        {
            0 => (
                "/v1/chat/completions",
                $$"""{"model":"gpt-4o","messages":[{"role":"user","content":"{{script}}"}]}"""
            ),
            1 => (
                "/v1/chat/completions",
                $$"""{"model":"gpt-4o","stream":true,"messages":[{"role":"user","content":"{{script}}"}]}"""
            ),
            2 => (
                "/v1/messages",
                $$"""
                {"model":"claude-sonnet-4-5","max_tokens":90,"stream":true,
                 "messages":[{"role":"user","content":"{{script}}"}]}
                """
            ),
            3 => ("/v1/responses", $$"""{"model":"gpt-5","input":"{{script}}"}"""),
            _ => (
                "/v1beta/models/gemini-2.5-flash:generateContent",
                $$"""{"contents":[{"parts":[{"text":"{{script}}"}]}]}"""
            ),
        };
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(json, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("x-tollgate-session", NameOf(number));
        return request;
    }
}
