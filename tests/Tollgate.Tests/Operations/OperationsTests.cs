using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Tollgate.Testing.Gateways;

namespace Tollgate.Tests.Operations;

[Trait("Needs", "Process")]
public sealed class OperationsTests(ProgramGateway gate) : IClassFixture<ProgramGateway>
{
    [Fact]
    public async Task Metrics_are_what_promtool_accepts()
    {
        await gate.Client.ChatStatusAsync("input=10 output=5");
        await gate.Client.ChatStatusAsync("error=400");
        (await gate.Client.PostJsonAsync("/v1/chat/completions", "{")).Dispose();

        var page = await gate.Client.GetStringAsync("/metrics");

        page.ShouldContain(
            "gen_ai_client_token_usage_sum{gen_ai_operation_name=\"chat\",gen_ai_provider_name=\"openai\","
                + "gen_ai_request_model=\"gpt-4o\""
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
    [InlineData("GET", "/favicon.ico")]
    [InlineData("POST", "/api/unknown")]
    [InlineData("PUT", "/health")]
    [InlineData("POST", "/v10/chat/completions")]
    public async Task A_path_that_nothing_serves_is_refused_and_the_api_is_named(string method, string path)
    {
        using var answer = await gate.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

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
        (await gate.Client.ChatStatusAsync("output=5", model: "invented-by-a-caller")).ShouldBe(HttpStatusCode.OK);

        var page = await gate.Client.GetStringAsync("/metrics");

        page.ShouldNotContain("invented-by-a-caller");
        page.ShouldContain("gen_ai_request_model=\"other\"");
    }

    [Fact]
    public async Task Health_reports_readiness_and_the_reason()
    {
        (await gate.Client.GetStringAsync("/health/live")).ShouldBe("live\n");
        (await gate.Client.GetStringAsync("/health/ready")).ShouldBe("ready\n");
        var health = JsonDocument.Parse(await gate.Client.GetStringAsync("/health")).RootElement;
        health.GetProperty("status").GetString().ShouldBe("ready");
        health.GetProperty("ledger").GetProperty("writable").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task A_call_can_be_looked_up_by_its_request_id()
    {
        using var answer = await gate.Client.ChatAsync("input=1000 output=100");
        await answer.Content.ReadAsByteArrayAsync();
        var id = answer.Headers.GetValues("x-tollgate-request-id").Single();

        var call = JsonDocument.Parse(await gate.Client.GetStringAsync($"/api/calls/{id}")).RootElement;

        // 1000 x 2.50 + 100 x 10.00 USD per million.
        call.GetProperty("cost_usd").GetDecimal().ShouldBe(0.0035m);
        call.GetProperty("attempts")[0].GetProperty("usage_source").GetString().ShouldBe("reported");
        (await gate.Client.GetAsync($"/api/calls/{Guid.Empty}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
