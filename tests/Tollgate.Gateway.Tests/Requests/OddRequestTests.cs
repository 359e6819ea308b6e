using System.Net;
using System.Text;
using Tollgate.Gateway.Providers;
using Tollgate.Gateway.Routing;
using Tollgate.Metering.Usage;
using Tollgate.Testing.Gateways;

namespace Tollgate.Gateway.Tests.Requests;

/// <summary>Requests that a careless or hostile caller makes.</summary>
public class OddRequestTests
{
    private static readonly byte[] Answer =
        """
        {"id":"c","model":"gpt-4o","usage":{"prompt_tokens":12,"completion_tokens":3,"total_tokens":15}}
        """u8.ToArray();

    [Fact]
    public async Task A_header_beyond_ascii_reaches_the_provider_and_is_charged_once()
    {
        await using var upstream = await ScriptedUpstream.AnsweringAsync("application/json", Answer);
        await using var gate = await InProcessGateway.StartAsync(upstream.Address);

        using var socket = new System.Net.Sockets.TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, gate.Client.BaseAddress!.Port);
        await socket
            .GetStream()
            .WriteAsync(
                Encoding.UTF8.GetBytes(
                    "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nX-Title: café\r\nConnection: "
                        + "close\r\nContent-Length: 18\r\n\r\n{\"model\":\"gpt-4o\"}"
                )
            );
        using var reader = new StreamReader(socket.GetStream());

        (await reader.ReadLineAsync()).ShouldBe("HTTP/1.1 200 OK");
        upstream.Requests.Single().Headers["X-Title"].ShouldBe("café");
        (await gate.RecordsAsync(1)).Single().UsageSource.ShouldBe(UsageSource.Reported);
    }

    [Theory]
    [InlineData("openai/")]
    [InlineData("openai/ ")]
    [InlineData("gpt\\u00004o")]
    [InlineData("gpt\\u001b[31m4o")]
    [InlineData("gpt\\n2026-11-21 info: a line of the caller's own")]
    public async Task A_model_name_that_can_be_none_is_refused(string model)
    {
        await using var upstream = await ScriptedUpstream.AnsweringAsync("application/json", Answer);
        await using var gate = await InProcessGateway.StartAsync(upstream.Address);

        using var answer = await gate.PostAsync("/v1/chat/completions", $$"""{"model":"{{model}}"}""");

        ((int)answer.StatusCode).ShouldBeInRange(400, 404);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("\"error\"");
        (await gate.RecordsAsync()).ShouldBeEmpty();
        upstream.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_model_name_of_a_megabyte_is_refused()
    {
        await using var upstream = await ScriptedUpstream.AnsweringAsync("application/json", Answer);
        await using var gate = await InProcessGateway.StartAsync(upstream.Address);

        using var answer = await gate.PostAsync(
            "/v1/chat/completions",
            $$"""{"model":"{{new string('x', 1_000_000)}}"}"""
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await gate.RecordsAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/v1beta/models/..%2F..%2Fv1:generateContent", "/v1beta/models/..%252F..%252Fv1:generateContent")]
    [InlineData("/v1beta/models/a%3Fkey=x:generateContent", "/v1beta/models/a%3Fkey%3Dx:generateContent")]
    [InlineData("/v1beta/models/a%23:generateContent", "/v1beta/models/a%23:generateContent")]
    public async Task A_model_in_the_path_stays_within_its_segment(string path, string expected)
    {
        await using var upstream = RawUpstream.Answering("HTTP/1.1 200 OK\nContent-Length: 2\n\n{}");
        await using var gate = await InProcessGateway.StartAsync(upstream.Address);

        using var answer = await gate.PostAsync(path, "{}");

        upstream.Paths.Single().ShouldBe(expected);
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    public async Task A_model_cannot_climb_out_of_azures_deployments(string model)
    {
        await using var upstream = await ScriptedUpstream.AnsweringAsync("application/json", Answer);
        var azure = new Deployment
        {
            Name = "azure",
            Provider = "azure",
            Dialect = WireDialect.OpenAI,
            BaseAddress = upstream.Address,
            ApiVersion = "2024-10-21",
        };
        await using var gate = await InProcessGateway.StartAsync(
            upstream.Address,
            routing => routing with { Providers = new Dictionary<string, Deployment> { ["azure"] = azure } }
        );

        using var answer = await gate.PostAsync("/v1/chat/completions", $$"""{"model":"azure/{{model}}"}""");

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        upstream.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("?key=secret")]
    [InlineData("?KEY=secret")]
    [InlineData("?k%65y=secret&alt=json")]
    [InlineData("?alt=json&%24key=secret")]
    public async Task A_key_in_the_query_never_reaches_the_provider(string query)
    {
        await using var upstream = await ScriptedUpstream.AnsweringAsync("application/json", "{}"u8.ToArray());
        await using var gate = await InProcessGateway.StartAsync(upstream.Address);

        using var answer = await gate.PostAsync("/v1beta/models/gemini-2.5-flash:generateContent" + query, "{}");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        upstream.Requests.Single().Path.ShouldNotContain("secret");
        upstream.Requests.Single().Headers["x-goog-api-key"].ShouldBe("provider-key");
    }

    [Theory]
    [InlineData("?fields=candidates", null)]
    [InlineData("?%24fields=candidates", null)]
    [InlineData("", "X-Goog-FieldMask")]
    public async Task A_caller_cannot_have_the_usage_left_out_of_the_answer(string query, string? header)
    {
        await using var upstream = await ScriptedUpstream.AnsweringAsync("application/json", "{}"u8.ToArray());
        await using var gate = await InProcessGateway.StartAsync(upstream.Address);

        using var answer = await gate.PostAsync(
            "/v1beta/models/gemini-2.5-flash:generateContent" + query,
            "{}",
            header is null ? [] : [(header, "candidates")]
        );

        upstream.Requests.Single().Path.ShouldNotContain("candidates");
        upstream.Requests.Single().Headers.Values.ShouldNotContain("candidates");
    }

    [Fact]
    public async Task Headers_of_another_gateway_and_rules_for_browsers_do_not_pass_back()
    {
        await using var upstream = await ScriptedUpstream.StartAsync(async http =>
        {
            http.Response.ContentType = "application/json";
            foreach (
                var name in new[]
                {
                    "x-tollgate-request-id",
                    "x-tollgate-cost",
                    "Access-Control-Allow-Origin",
                    "Strict-Transport-Security",
                    "Set-Cookie",
                }
            )
                http.Response.Headers[name] = "theirs";
            http.Response.Headers["openai-version"] = "2020-10-01";
            await http.Response.Body.WriteAsync(Answer);
        });
        await using var gate = await InProcessGateway.StartAsync(upstream.Address);

        using var answer = await gate.PostAsync("/v1/chat/completions", """{"model":"gpt-4o"}""");

        answer.Headers.SelectMany(header => header.Value).ShouldNotContain("theirs");
        Guid.TryParse(answer.Headers.GetValues("x-tollgate-request-id").Single(), out _).ShouldBeTrue();
        answer.Headers.GetValues("openai-version").ShouldBe(["2020-10-01"]);
    }

    [Fact]
    public async Task A_bound_beyond_all_numbers_is_taken_for_the_largest()
    {
        await using var upstream = RawUpstream.Answering("");
        await using var gate = await InProcessGateway.StartAsync(
            upstream.Address,
            routing => routing with { Retries = 0 }
        );

        using var answer = await gate.PostAsync(
            "/v1/chat/completions",
            $$"""{"model":"unpriced","max_tokens":{{long.MaxValue}},"n":{{long.MaxValue}}}"""
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        (await gate.RecordsAsync()).Single().Usage.OutputTokens.ShouldBe(TokenUsage.MaxCount);
    }

    [Theory]
    [InlineData("models/gemini-2.5-flash", "models/gemini-2.5-flash")]
    [InlineData("models/other", "models/gemini-2.5-flash")]
    [InlineData("other", "gemini-2.5-flash")]
    public async Task A_model_in_the_body_cannot_differ_from_the_one_in_the_path(string given, string sent)
    {
        await using var upstream = await ScriptedUpstream.AnsweringAsync("application/json", "{}"u8.ToArray());
        await using var gate = await InProcessGateway.StartAsync(upstream.Address);

        using var answer = await gate.PostAsync(
            "/v1beta/models/gemini-2.5-flash:embedContent",
            $$"""{"model":"{{given}}"}"""
        );

        Encoding.UTF8.GetString(upstream.Requests.Single().Body).ShouldBe($$"""{"model":"{{sent}}"}""");
    }

    [Theory]
    [InlineData("""{"model":"gpt-4o","prompt":"","max_tokens":10,"best_of":5}""", "/v1/completions", 50)]
    [InlineData("""{"model":"gpt-4o","max_completion_tokens":90,"max_tokens":10}""", "/v1/chat/completions", 90)]
    [InlineData(
        """{"generation_config":{"max_output_tokens":7,"candidate_count":3}}""",
        "/v1beta/models/gemini-2.5-flash:generateContent",
        21
    )]
    public async Task The_upper_bound_covers_all_that_was_asked_for(string request, string path, long expected)
    {
        await using var upstream = RawUpstream.Answering("");
        await using var gate = await InProcessGateway.StartAsync(
            upstream.Address,
            routing => routing with { Retries = 0 }
        );

        using var answer = await gate.PostAsync(path, request);

        (await gate.RecordsAsync()).Single().Usage.OutputTokens.ShouldBe(expected);
    }

    [Theory]
    [InlineData("Origin", "https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "null", HttpStatusCode.Forbidden)]
    [InlineData("Host", "rebound.evil.example:8000", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "http://localhost:3000", HttpStatusCode.OK)]
    [InlineData("Origin", "app://electron", HttpStatusCode.OK)]
    [InlineData("Host", "host.docker.internal:8000", HttpStatusCode.OK)]
    [InlineData("Host", "tollgate:8000", HttpStatusCode.OK)]
    public async Task A_web_page_cannot_spend_at_a_gateway_without_keys(
        string header,
        string value,
        HttpStatusCode expected
    )
    {
        await using var upstream = await ScriptedUpstream.AnsweringAsync("application/json", Answer);
        await using var gate = await InProcessGateway.StartAsync(upstream.Address);

        using var answer = await gate.PostAsync("/v1/chat/completions", """{"model":"gpt-4o"}""", (header, value));

        answer.StatusCode.ShouldBe(expected);
        upstream.Requests.IsEmpty.ShouldBe(expected == HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("GET", "/v1/chat/completions")]
    [InlineData("PUT", "/v1/messages")]
    [InlineData("POST", "/v1/models")]
    [InlineData("GET", "/chat/completions")]
    [InlineData("POST", "/models")]
    [InlineData("OPTIONS", "/v1/chat/completions")]
    public async Task A_wrong_method_is_refused_in_the_dialect(string method, string path)
    {
        await using var upstream = await ScriptedUpstream.AnsweringAsync("application/json", Answer);
        await using var gate = await InProcessGateway.StartAsync(upstream.Address);

        using var answer = await gate.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.Content.ReadAsStringAsync()).ShouldContain($"{method} {path} is not a route");
        answer.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
    }
}
