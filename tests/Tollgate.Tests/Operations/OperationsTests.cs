using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Tollgate.Tests.Operations;

[Trait("Needs", "Process")]
public sealed class OperationsTests(RunningGateway gate) : IClassFixture<RunningGateway>
{
    [Fact]
    public async Task Metrics_are_what_promtool_accepts()
    {
        using var client = new HttpClient { BaseAddress = gate.Address };
        (await CallAsync(client, "input=10 output=5")).Dispose();
        (await CallAsync(client, "error=400")).Dispose();
        (await client.PostAsync("/v1/chat/completions", Json("{"))).Dispose();

        var page = await client.GetStringAsync("/metrics");

        page.ShouldContain(
            "gen_ai_client_token_usage_sum{gen_ai_operation_name=\"chat\",gen_ai_provider_name=\"openai\",gen_ai_request_model=\"gpt-4o\""
        );
        page.ShouldContain("tollgate_cost_usd_total{");
        page.ShouldContain("error_type=\"400\"");
        page.ShouldContain("tollgate_denials_total{error_type=\"invalid_request\"}");
        var start = new ProcessStartInfo("promtool", ["check", "metrics"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var promtool = Process.Start(start)!;
        await promtool.StandardInput.WriteAsync(page);
        promtool.StandardInput.Close();
        var complaints = await promtool.StandardError.ReadToEndAsync() + await promtool.StandardOutput.ReadToEndAsync();
        await promtool.WaitForExitAsync();
        promtool.ExitCode.ShouldBe(0, complaints);
    }

    [Theory]
    [InlineData("GET", "/")]
    [InlineData("GET", "/favicon.ico")]
    [InlineData("POST", "/api/unknown")]
    [InlineData("PUT", "/health")]
    [InlineData("POST", "/v10/chat/completions")]
    public async Task A_path_that_nothing_serves_is_refused_and_the_api_is_named(string method, string path)
    {
        using var client = new HttpClient { BaseAddress = gate.Address };

        using var answer = await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        problem.GetProperty("status").GetInt32().ShouldBe(404);
        problem
            .GetProperty("detail")
            .GetString()
            .ShouldNotBeNull()
            .ShouldSatisfyAllConditions(
                text => text.ShouldStartWith($"{method} {path} does not exist here."),
                text => text.ShouldContain("/v1beta"),
                text => text.ShouldContain("/health")
            );
    }

    [Fact]
    public async Task A_caller_cannot_make_series_by_inventing_models()
    {
        using var client = new HttpClient { BaseAddress = gate.Address };
        using var answer = await client.PostAsync(
            "/v1/chat/completions",
            Json("""{"model":"invented-by-a-caller","messages":[]}""")
        );
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);

        var page = await client.GetStringAsync("/metrics");

        page.ShouldNotContain("invented-by-a-caller");
        page.ShouldContain("gen_ai_request_model=\"other\"");
    }

    [Fact]
    public async Task Health_reports_readiness_and_the_reason()
    {
        using var client = new HttpClient { BaseAddress = gate.Address };

        (await client.GetStringAsync("/health/live")).ShouldBe("live\n");
        (await client.GetStringAsync("/health/ready")).ShouldBe("ready\n");
        var health = JsonDocument.Parse(await client.GetStringAsync("/health")).RootElement;
        health.GetProperty("status").GetString().ShouldBe("ready");
        health.GetProperty("ledger").GetProperty("writable").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task A_call_can_be_looked_up_by_its_request_id()
    {
        using var client = new HttpClient { BaseAddress = gate.Address };
        using var answer = await CallAsync(client, "input=1000 output=100");
        var id = answer.Headers.GetValues("x-tollgate-request-id").Single();

        var call = JsonDocument.Parse(await client.GetStringAsync($"/api/calls/{id}")).RootElement;

        // 1000 x 2.50 + 100 x 10.00 USD per million.
        call.GetProperty("cost_usd").GetDecimal().ShouldBe(0.0035m);
        call.GetProperty("attempts")[0].GetProperty("usage_source").GetString().ShouldBe("reported");
        (await client.GetAsync($"/api/calls/{Guid.Empty}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static Task<HttpResponseMessage> CallAsync(HttpClient client, string script) =>
        client.PostAsync(
            "/v1/chat/completions",
            Json($$"""{"model":"gpt-4o","messages":[{"role":"user","content":"[[sim {{script}}]]"}]}""")
        );

    private static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");
}
