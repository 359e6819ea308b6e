using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Tollgate.SimulatedProvider.Tests;

public sealed class FailureTests
{
    [Fact]
    public async Task A_429_has_its_Retry_After_and_costs_nothing()
    {
        await using var provider = await Provider.StartAsync();
        using var response = await provider.ChatAsync("[[sim error=429 retry_after=2]]");
        response.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(2));
        (await response.Content.ReadAsStringAsync(Provider.Token)).ShouldContain("rate_limit_exceeded");
        var bill = await provider.BillAsync();
        bill.Count("refused", "statuses", "429").ShouldBe(1);
        bill.Count("complete", "calls").ShouldBe(0);
    }

    [Fact]
    public async Task Gemini_names_an_exhausted_resource()
    {
        await using var provider = await Provider.StartAsync();
        var error = await provider
            .GeminiAsync("generateContent", "[[sim error=429]]")
            .JsonAsync(HttpStatusCode.TooManyRequests);
        error["error"]!["status"]!.GetValue<string>().ShouldBe("RESOURCE_EXHAUSTED");
    }

    [Fact]
    public async Task A_call_fails_so_many_times_and_then_succeeds()
    {
        await using var provider = await Provider.StartAsync();
        var statuses = new List<int>();
        for (var i = 0; i < 3; i++)
        {
            using var response = await provider.ChatAsync("[[sim id=again error=503 fail_times=2]]");
            statuses.Add((int)response.StatusCode);
        }

        statuses.ShouldBe([503, 503, 200]);
    }

    [Fact]
    public async Task A_cut_stream_delivers_its_chunks_and_is_billed_up_to_them()
    {
        await using var provider = await Provider.StartAsync();
        var text = await provider
            .ChatAsync("[[sim id=c input=10 output=50 chunks=5 cut=3]]", stream: true)
            .CutTextAsync();
        Reading.Events(text).Length.ShouldBe(4);
        text.ShouldNotContain("[DONE]");
        var bill = await provider.BillAsync();
        bill.Count("complete", "calls").ShouldBe(0);
        bill.Count("cut", "kinds", "input_text").ShouldBe(10);
        bill.Count("cut", "kinds", "output_text").ShouldBe(30);
        (await provider.CallsAsync()).Single()["state"]!.GetValue<string>().ShouldBe("cut");
    }

    [Fact]
    public async Task A_cut_after_the_last_delta_still_withholds_the_usage()
    {
        await using var provider = await Provider.StartAsync();
        var text = await provider.MessagesAsync("[[sim output=6 chunks=2 cut=2]]", stream: true).CutTextAsync();
        text.ShouldNotContain("message_delta");
        (await provider.BillAsync()).Count("cut", "kinds", "output_text").ShouldBe(6);
    }

    [Fact]
    public async Task A_cut_plain_answer_is_half_an_answer()
    {
        await using var provider = await Provider.StartAsync();
        var text = await provider.ChatAsync("[[sim input=10 output=50 cut=1]]").CutTextAsync();
        text.ShouldStartWith("{\"id\":\"chatcmpl-");
        (await provider.BillAsync()).Count("cut", "kinds", "output_text").ShouldBe(50);
    }

    [Fact]
    public async Task A_proxys_page_is_not_JSON()
    {
        await using var provider = await Provider.StartAsync();
        using var bad = await provider.ChatAsync("[[sim html=1]]");
        ((int)bad.StatusCode).ShouldBe(502);
        bad.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        using var good = await provider.ChatAsync("[[sim html=200]]");
        ((int)good.StatusCode).ShouldBe(200);
        (await good.Content.ReadAsStringAsync(Provider.Token)).ShouldStartWith("<html>");
        (await provider.BillAsync()).Count("complete", "calls").ShouldBe(0);
    }

    [Theory]
    [InlineData("/v1/chat/completions", "invalid_api_key")]
    [InlineData("/v1/messages", "authentication_error")]
    [InlineData("/v1beta/models/gemini-2.5-flash:generateContent", "UNAUTHENTICATED")]
    public async Task Without_credentials_every_dialect_returns_401(string path, string kind)
    {
        await using var provider = await Provider.StartAsync();
        var error = await provider
            .PostAsync(path, Provider.ChatBody(""), key: null)
            .JsonAsync(HttpStatusCode.Unauthorized);
        error.ToJsonString().ShouldContain(kind);
    }

    [Theory]
    [InlineData("[[sim nonsense=1]]", "unknown directive 'nonsense'")]
    [InlineData("[[sim input=many]]", "invalid value of directive 'input=many'")]
    [InlineData("[[sim input=5 cached=6]]", "directive 'input' is less than its parts")]
    [InlineData("[[sim input=5", "not closed")]
    public async Task A_bad_script_is_refused_by_name(string script, string message)
    {
        await using var provider = await Provider.StartAsync();
        var error = await provider.ChatAsync(script).JsonAsync(HttpStatusCode.BadRequest);
        error["error"]!["message"]!.GetValue<string>().ShouldContain(message);
    }

    [Fact]
    public async Task Random_failures_come_from_the_seed()
    {
        var first = await DealAsync(seed: 7);
        (await DealAsync(seed: 7)).ShouldBe(first);
        first.Distinct().Order().ShouldBe([200, 429, 500]);
    }

    [Fact]
    public async Task Impossible_probabilities_are_refused()
    {
        await using var provider = await Provider.StartAsync();
        using var response = await provider.Client.PostAsJsonAsync(
            "/script",
            new JsonObject { ["cut"] = 1.5 },
            Provider.Token
        );
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    private static async Task<int[]> DealAsync(int seed)
    {
        await using var provider = await Provider.StartAsync();
        var failures = new JsonObject
        {
            ["rate_limit"] = 0.3,
            ["server_error"] = 0.3,
            ["seed"] = seed,
        };
        using var set = await provider.Client.PostAsJsonAsync("/script", failures, Provider.Token);
        set.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var statuses = new int[30];
        for (var i = 0; i < statuses.Length; i++)
        {
            using var response = await provider.ChatAsync("");
            statuses[i] = (int)response.StatusCode;
        }

        return statuses;
    }
}
