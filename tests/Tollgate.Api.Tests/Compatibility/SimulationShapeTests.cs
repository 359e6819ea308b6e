using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Tollgate.Api.Tests.Jobs;
using Tollgate.Testing.Gateways;

namespace Tollgate.Api.Tests.Compatibility;

/// <summary>The short routes for simulations, analyses, and collections, with their documented shapes.</summary>
public sealed class SimulationShapeTests(JobHost host) : IClassFixture<JobHost>
{
    private const string Small =
        """{"n_simulations": 500, "mechanisms": ["per_token", "bundle", "hybrid_seat"], "seed": 3}""";

    [Theory]
    [InlineData("/simulation")]
    [InlineData("/simulate")]
    public async Task Simulates_and_returns_the_charges_of_each_plan(string path)
    {
        var (status, body) = await host.Host.PostAsync(path, host.Root, Small);

        status.ShouldBe(HttpStatusCode.OK, body.ToString());
        body.GetProperty("success").GetBoolean().ShouldBeTrue();
        var id = body.GetProperty("simulation_id").GetString();
        var plans = body.GetProperty("results").EnumerateObject().ToList();
        plans.Select(static plan => plan.Name).ShouldBe(["per_token", "bundle", "hybrid_seat"]);
        foreach (var plan in plans)
            plan.Value.EnumerateObject()
                .Select(static member => member.Name)
                .ShouldBe(["mean", "median", "std", "cv", "p95", "p99", "tail_ratio"]);
        var again = await host.Host.GetAsync($"/results/{id}", host.Root);
        again.Status.ShouldBe(HttpStatusCode.OK);
        again.Body.GetProperty("results").ToString().ShouldBe(body.GetProperty("results").ToString());
    }

    [Fact]
    public async Task Returns_the_same_figures_as_the_command_line()
    {
        const string Scenario = """
            {"seed": 42, "trials": 400, "months": 2, "workload": {"users": 3,
             "requests": {"family": "lognormal", "mean": 600, "cv": 1.2},
             "inputTokens": {"family": "lognormal", "mean": 1800, "cv": 0.8},
             "outputTokens": {"family": "lognormal", "mean": 500, "cv": 1}},
             "plans": [{"kind": "per-token", "name": "pay as you go", "rates": "gpt-4o"},
                       {"kind": "bundle", "name": "bündle", "fee": 5, "includedTokens": 1500000,
                        "overage": {"input": 2.5, "output": 10}}]}
            """;
        var file = Path.Combine(host.Host.DataFolder, "scenario.json");
        await File.WriteAllTextAsync(file, Scenario);
        var command = await CommandRun.RunProgramAsync(
            "simulate",
            "run",
            file,
            "--format",
            "json",
            "--data",
            host.Host.DataFolder
        );
        using var expected = JsonDocument.Parse(command.ShouldSucceed());

        var (status, body) = await host.Host.PostAsync("/simulation", host.Root, $$"""{"scenario": {{Scenario}}}""");

        status.ShouldBe(HttpStatusCode.OK, body.ToString());
        var id = body.GetProperty("simulation_id").GetString();
        using var result = JsonDocument.Parse(await host.GetTextAsync(host.Root, $"/api/v1/jobs/{id}/result"));
        result
            .RootElement.GetProperty("report")
            .ToString()
            .ShouldBe(expected.RootElement.GetProperty("report").ToString());
    }

    [Theory]
    [InlineData("/analysis")]
    [InlineData("/analyze")]
    public async Task Analyzes_columns(string path)
    {
        var (status, body) = await host.Host.PostAsync(
            path,
            host.Root,
            """{"data": {"input_tokens": [120, 80, 300, 95, 210, 77], "output_tokens": [40, 22, 130, 31, 77, 20]}}"""
        );

        status.ShouldBe(HttpStatusCode.OK, body.ToString());
        body.GetProperty("success").GetBoolean().ShouldBeTrue();
        foreach (var column in (string[])["input_tokens", "output_tokens"])
        {
            var found = body.GetProperty("distributions").GetProperty(column);
            found.GetProperty("best_fit").GetString().ShouldNotBeNullOrEmpty();
            found.GetProperty("parameters").EnumerateObject().ShouldNotBeEmpty();
            found
                .GetProperty("validation")
                .GetProperty("is_valid")
                .ValueKind.ShouldBeOneOf(JsonValueKind.True, JsonValueKind.False);
            found.GetProperty("statistics").GetProperty("p95").GetDouble().ShouldBeGreaterThan(0);
        }

        body.GetProperty("correlations").GetProperty("pearson").GetDouble().ShouldBeGreaterThan(0.9);
    }

    [Fact]
    public async Task Refuses_a_column_that_cannot_be_analyzed_and_names_it()
    {
        var (status, problem) = await host.Host.PostAsync(
            "/analysis",
            host.Root,
            """{"data": {"input_tokens": [1, 2, 3], "output_tokens": [5, 5, 5]}}"""
        );

        status.ShouldBe(HttpStatusCode.BadRequest);
        problem.GetProperty("detail").GetString()!.ShouldContain("'output_tokens' has 5 as its only value");
    }

    [Fact]
    public async Task Collects_from_providers()
    {
        var (status, body) = await host.Host.PostAsync(
            "/collect",
            host.Root,
            """{"providers": ["openai"], "start_date": "2026-10-01", "end_date": "2026-10-02"}"""
        );

        status.ShouldBe(HttpStatusCode.OK, body.ToString());
        body.GetProperty("success").GetBoolean().ShouldBeTrue();
        body.GetProperty("records").GetInt32().ShouldBe(2);
        body.GetProperty("statistics").GetProperty("requests").GetInt64().ShouldBe(6);
        var id = body.GetProperty("collection_id").GetString();
        var simulated = await host.Host.PostAsync(
            "/simulation",
            host.Root,
            $$"""{"n_simulations": 100, "data_source": "collection", "collection_id": "{{id}}"}"""
        );
        simulated.Status.ShouldBe(HttpStatusCode.OK, simulated.Body.ToString());
    }

    [Fact]
    public async Task Invents_no_usage_if_a_provider_cannot_be_reached()
    {
        var address = host.Variables["OPENAI_ADMIN_BASE_URL"];
        try
        {
            host.Variables["OPENAI_ADMIN_BASE_URL"] = "http://127.0.0.1:9";
            var (status, body) = await host.Host.PostAsync(
                "/collect",
                host.Root,
                """{"providers": ["openai"], "start_date": "2026-10-05", "end_date": "2026-10-06"}"""
            );
            if (status == HttpStatusCode.Accepted) // Its retries took longer than a response waits.
            {
                var id = body.GetProperty("collection_id").GetString();
                await host.WaitAsync(host.Root, (await host.Host.GetAsync($"/api/v1/jobs/{id}", host.Root)).Body);
                (status, body) = await host.Host.GetAsync($"/results/{id}", host.Root);
            }

            status.ShouldBe(HttpStatusCode.BadGateway, body.ToString());
            body.GetProperty("code").GetString().ShouldBe("provider_failed");
            body.GetProperty("detail").GetString()!.ShouldContain("could not be reached");
            body.ToString().ShouldNotContain(JobHost.AdminKey);
        }
        finally
        {
            host.Variables["OPENAI_ADMIN_BASE_URL"] = address;
        }
    }

    [Fact]
    public async Task Compares_recommends_and_draws_a_simulation()
    {
        var (_, simulated) = await host.Host.PostAsync("/simulation", host.Root, Small);
        var id = simulated.GetProperty("simulation_id").GetString();

        var (status, compared) = await host.Host.PostAsync("/compare", host.Root, $$"""{"simulation_id": "{{id}}"}""");
        status.ShouldBe(HttpStatusCode.OK, compared.ToString());
        var means = compared
            .GetProperty("comparison")
            .EnumerateArray()
            .Select(static plan => plan.GetProperty("mean").GetDouble())
            .ToList();
        means.Count.ShouldBe(3);
        means.ShouldBe(means.Order());

        var own = await OptimizeAsync(id, """{"risk_tolerance": "low", "predictability_preference": 0.8}""");
        own.GetProperty("success").GetBoolean().ShouldBeTrue();
        own.GetProperty("recommended_mechanism").GetString().ShouldNotBeNull();
        own.GetProperty("expected_cost").GetDouble().ShouldBeGreaterThan(0);
        own.GetProperty("user_profile").GetProperty("risk_tolerance").GetString().ShouldBe("low");
        var larger = await OptimizeAsync(id, """{"usage_volume": 500000000, "risk_tolerance": "high"}""");
        larger
            .GetProperty("expected_cost")
            .GetDouble()
            .ShouldBeGreaterThan(own.GetProperty("expected_cost").GetDouble() * 10);
        var none = await OptimizeAsync(id, """{"budget_constraint": 0.01}""");
        none.GetProperty("recommended_mechanism").ValueKind.ShouldBe(JsonValueKind.Null);

        using var request = new HttpRequestMessage(HttpMethod.Get, $"/visualize/{id}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", host.Root);
        using var page = await host.Host.Client.SendAsync(request);
        page.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        page.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("default-src 'none'");
        var html = await page.Content.ReadAsStringAsync();
        html.ShouldContain("<svg");
        html.ShouldContain("hybrid_seat");
        html.ShouldNotContain("<script");
    }

    [Theory]
    [InlineData("""{"usage_volume": -1}""", "/user_profile/usage_volume")]
    [InlineData("""{"predictability_preference": 2}""", "/user_profile/predictability_preference")]
    [InlineData("""{"budget_constraint": -5}""", "/user_profile/budget_constraint")]
    [InlineData("""{"risk_tolerance": "none"}""", "/user_profile/risk_tolerance")]
    [InlineData("""{"name": "pirate"}""", "/user_profile/name")]
    public async Task Refuses_a_wrong_profile_and_names_the_field(string profile, string pointer)
    {
        var (status, problem) = await host.Host.PostAsync(
            "/optimize",
            host.Root,
            $$"""{"simulation_id": "x", "user_profile": {{profile}}}"""
        );

        status.ShouldBe(HttpStatusCode.BadRequest, problem.ToString());
        problem.GetProperty("errors")[0].GetProperty("pointer").GetString().ShouldBe(pointer);
    }

    [Theory]
    [InlineData("/results/019ad000-0000-7000-8000-000000000000")]
    [InlineData("/visualize/..%2F..%2Fetc%2Fpasswd")]
    public async Task Has_no_result_under_another_id(string path) =>
        (await host.Host.GetAsync(path, host.Root)).Status.ShouldBe(HttpStatusCode.NotFound);

    [Fact]
    public async Task Returns_the_address_of_a_result_that_is_not_there_yet()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/simulation");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", host.Root);
        request.Headers.Add("Prefer", "respond-async");
        request.Content = new StringContent(Small, System.Text.Encoding.UTF8, "application/json");
        using var response = await host.Host.Client.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        var id = body.RootElement.GetProperty("simulation_id").GetString();
        response.Headers.Location!.ToString().ShouldBe($"/results/{id}");
        await host.WaitAsync(host.Root, (await host.Host.GetAsync($"/api/v1/jobs/{id}", host.Root)).Body);
        (await host.Host.GetAsync($"/results/{id}", host.Root)).Status.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<JsonElement> OptimizeAsync(string? id, string profile)
    {
        var (status, body) = await host.Host.PostAsync(
            "/optimize",
            host.Root,
            $$"""{"simulation_id": "{{id}}", "user_profile": {{profile}}}"""
        );
        status.ShouldBe(HttpStatusCode.OK, body.ToString());
        return body;
    }
}
