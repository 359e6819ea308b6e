using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Tollgate.Metering.Usage;
using Tollgate.SimulatedProvider;
using Tollgate.SimulatedProvider.Scripting;
using Tollgate.Testing.Gateways;

namespace Tollgate.Gateway.Tests.Requests;

public class BadInputTests
{
    public static TheoryData<string, string> BadBodies =>
        new()
        {
            { "", "valid JSON" },
            { "{", "valid JSON" },
            { "[]", "must be a JSON object" },
            { "\"model\"", "must be a JSON object" },
            { """{"model":"gpt-4o"} {}""", "valid JSON" },
            { """{"model":"gpt-4o","model":"gpt-5"}""", "'model' appears more than once" },
            { """{"model":"gpt-4o","mod\u0065l":"gpt-5"}""", "'model' appears more than once" },
            { """{"x":1,"model":"gpt-4o","x":2}""", "'x' appears more than once" },
            { """{"model":"gpt-4o","Model":"gpt-5"}""", "'Model' appears more than once" },
            { """{"model":"gpt-4o","STREAM":true,"stream":false}""", "'stream' appears more than once" },
            { """{"model":"gpt-4o","max_tokens":1,"Max_to\u006bens":9}""", "'Max_tokens' appears more than once" },
            { """{"model":"gpt-4o","stream":false,"\u017ftream":true}""", "'ſtream' appears more than once" },
            { """{"model":"gpt-4o","max_tokens":1,"max_to\u212Aens":9}""", "appears more than once" },
            { """{"model":["gpt-4o"]}""", "'model' must be a string" },
            { """{"model":"gpt-4o","stream":"yes"}""", "'stream' must be true or false" },
            { """{"model":"gpt-4o","max_tokens":-1}""", "'max_tokens' must be a non-negative integer" },
            { """{"model":"gpt-4o","max_tokens":"9"}""", "'max_tokens' must be a non-negative integer" },
            { """{"model":"gpt-4o","stream_options":true}""", "'stream_options' must be an object" },
            { """{"messages":[]}""", "does not name a model" },
            { """{"model":" "}""", "does not name a model" },
        };

    [Theory]
    [MemberData(nameof(BadBodies))]
    public async Task Says_what_is_wrong_with_a_body_and_books_nothing(string body, string expected)
    {
        await using var provider = await SimulatedProviderServer.StartAsync(new SimulatedProviderOptions(), default);
        await using var gate = await InProcessGateway.StartAsync(provider.BaseAddress);

        using var answer = await gate.PostAsync("/v1/chat/completions", body);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await ErrorOf(answer)).GetProperty("message").GetString()!.ShouldContain(expected);
        (await gate.RecordsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Answers_in_the_dialect_of_the_caller()
    {
        await using var provider = await SimulatedProviderServer.StartAsync(new SimulatedProviderOptions(), default);
        await using var gate = await InProcessGateway.StartAsync(provider.BaseAddress);

        using var anthropic = await gate.PostAsync("/v1/messages", "{");
        using var gemini = await gate.PostAsync("/v1beta/models/gemini-2.5-flash:generateContent", "{");

        var error = JsonDocument.Parse(await anthropic.Content.ReadAsStringAsync()).RootElement;
        error.GetProperty("type").GetString().ShouldBe("error");
        error.GetProperty("error").GetProperty("type").GetString().ShouldBe("invalid_request_error");
        error
            .GetProperty("request_id")
            .GetString()
            .ShouldBe(anthropic.Headers.GetValues("x-tollgate-request-id").Single());
        (await ErrorOf(gemini)).GetProperty("status").GetString().ShouldBe("INVALID_ARGUMENT");
    }

    [Fact]
    public async Task Survives_ten_megabytes_of_nesting()
    {
        await using var provider = await SimulatedProviderServer.StartAsync(new SimulatedProviderOptions(), default);
        await using var gate = await InProcessGateway.StartAsync(provider.BaseAddress);

        using var answer = await gate.PostAsync(
            "/v1/chat/completions",
            """{"model":"gpt-4o","x":""" + new string('[', 10_000_000)
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var next = await gate.ChatAsync("input=1 output=1");
        next.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Refuses_a_model_that_no_provider_is_configured_for()
    {
        await using var provider = await SimulatedProviderServer.StartAsync(new SimulatedProviderOptions(), default);
        await using var gate = await InProcessGateway.StartAsync(
            provider.BaseAddress,
            routing =>
                routing with
                {
                    Providers = routing.Providers.Where(pair => pair.Key == "anthropic").ToDictionary(),
                }
        );

        using var answer = await gate.PostAsync("/v1/chat/completions", """{"model":"gpt-4o"}""");

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await ErrorOf(answer)).GetProperty("message").GetString()!.ShouldContain("OPENAI_API_KEY");
    }

    [Theory]
    [InlineData("/v1/audio/speech")]
    [InlineData("/v1/messages/batches")]
    [InlineData("/v1beta/models/gemini-2.5-flash:unknownAction")]
    [InlineData("/v1")]
    [InlineData("/openai/deployments/gpt-4o/images/generations")]
    public async Task Refuses_a_route_that_has_no_meter(string path)
    {
        await using var provider = await SimulatedProviderServer.StartAsync(new SimulatedProviderOptions(), default);
        await using var gate = await InProcessGateway.StartAsync(provider.BaseAddress);

        using var answer = await gate.PostAsync(path, """{"model":"gpt-4o"}""");

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("not a route of this gateway");
    }

    [Theory]
    [InlineData("/v1/audio/speech", "", "error.type", "invalid_request_error")]
    [InlineData("/openai/deployments/d/images", "", "error.type", "invalid_request_error")]
    [InlineData("/v1beta/cachedContents", "", "error.status", "NOT_FOUND")]
    [InlineData("/v1/models/gemini-2.5-flash:unknownAction", "x-goog-api-key", "error.status", "NOT_FOUND")]
    [InlineData("/v1/messages/batches", "", "error.type", "not_found_error")]
    [InlineData("/v1/complete", "anthropic-version", "error.type", "not_found_error")]
    public async Task Refuses_an_unknown_route_in_the_dialect_that_it_belongs_to(
        string path,
        string header,
        string property,
        string expected
    )
    {
        await using var provider = await SimulatedProviderServer.StartAsync(new SimulatedProviderOptions(), default);
        await using var gate = await InProcessGateway.StartAsync(provider.BaseAddress);

        using var answer = await gate.PostAsync(path, "{}", header.Length == 0 ? [] : [(header, "x")]);

        var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        foreach (var name in property.Split('.'))
            json = json.GetProperty(name);
        json.GetString().ShouldBe(expected);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/favicon.ico")]
    [InlineData("/v10/chat/completions")]
    [InlineData("/chat/else")]
    [InlineData("/api/unknown")]
    public async Task Leaves_paths_outside_its_dialects_to_the_application(string path)
    {
        await using var provider = await SimulatedProviderServer.StartAsync(new SimulatedProviderOptions(), default);
        await using var gate = await InProcessGateway.StartAsync(provider.BaseAddress);

        using var answer = await gate.PostAsync(path, "{}");

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.Content.ReadAsStringAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Stays_up_under_a_flood_of_headers()
    {
        await using var provider = await SimulatedProviderServer.StartAsync(new SimulatedProviderOptions(), default);
        await using var gate = await InProcessGateway.StartAsync(provider.BaseAddress);
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, gate.Client.BaseAddress!.Port);
        var flood = new StringBuilder("POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\n");
        for (var i = 0; i < 5_000; i++)
            flood.Append("x-header-").Append(i).Append(": ").Append('y', 100).Append("\r\n");

        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(flood.Append("\r\n").ToString()));
        using var reader = new StreamReader(socket.GetStream());
        (await reader.ReadLineAsync()).ShouldNotBeNull().ShouldStartWith("HTTP/1.1 431");

        using var next = await gate.ChatAsync("input=1 output=1");
        next.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Turns_a_providers_web_page_into_an_error_that_clients_can_read()
    {
        await using var upstream = await ScriptedUpstream.AnsweringAsync(
            "text/html",
            "<html>Sign in</html>"u8.ToArray()
        );
        await using var gate = await InProcessGateway.StartAsync(upstream.Address);

        using var answer = await gate.PostAsync("/v1/chat/completions", """{"model":"gpt-4o"}""");

        answer.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        (await ErrorOf(answer)).GetProperty("message").GetString()!.ShouldContain("'text/html' instead of JSON");
        (await gate.RecordsAsync())
            .Single()
            .ShouldSatisfyAllConditions(
                record => record.Outcome.ShouldBe(CallOutcome.ProviderError),
                record => record.ErrorType.ShouldBe("invalid_upstream_response")
            );
    }

    [Fact]
    public async Task Refuses_a_body_that_is_larger_than_the_largest_allowed()
    {
        await using var provider = await SimulatedProviderServer.StartAsync(new SimulatedProviderOptions(), default);
        await using var gate = await InProcessGateway.StartAsync(
            new GatewayOptions
            {
                Routing = InProcessGateway.RoutingTo(provider.BaseAddress),
                MaxRequestBodyBytes = 1000,
            }
        );

        using var answer = await gate.PostAsync(
            "/v1/chat/completions",
            "{\"model\":\"gpt-4o\",\"x\":\"" + new string('y', 2000) + "\"}"
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    private static async Task<JsonElement> ErrorOf(HttpResponseMessage answer) =>
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("error");
}
