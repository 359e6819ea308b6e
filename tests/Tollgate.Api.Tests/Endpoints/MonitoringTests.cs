using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tollgate.Identity.Permissions;

namespace Tollgate.Api.Tests.Endpoints;

/// <summary>The status of providers and the statistics of all calls, in the documented shapes.</summary>
public sealed class MonitoringTests
{
    public static TheoryData<string> Prefixes => ["/api/llm", "/api/patterns/llm"];

    [Theory]
    [MemberData(nameof(Prefixes))]
    public async Task Lists_the_providers_with_a_guide_for_those_that_are_not_configured(string prefix)
    {
        await using var host = await ConfiguredHost.StartAsync("", ("OPENAI_API_KEY", "a"), ("ANTHROPIC_API_KEY", "b"));

        var status = await host.GetAsync(prefix + "/status");

        IsSame(
                status,
                """
                {
                  "configured": true, "configured_count": 2, "total_providers": 3, "default_provider": "openai",
                  "providers": [
                    {"name": "openai", "status": "configured", "model": "gpt-4o"},
                    {"name": "anthropic", "status": "configured", "model": "claude-sonnet-4-5"},
                    {"name": "gemini", "status": "not_configured", "setup_guide": "Set GEMINI_API_KEY in .env file"}
                  ],
                  "message": "2 provider(s) ready"
                }
                """
            )
            .ShouldBeTrue(status.ToString());
    }

    [Fact]
    public async Task Shows_the_default_provider_of_the_environment_and_the_models_of_the_list()
    {
        await using var host = await ConfiguredHost.StartAsync(
            "models: [{name: fast, deployments: [openai/gpt-4o-mini]}, {name: llama, deployments: [groq/llama-3]}]",
            ("OPENAI_API_KEY", "a"),
            ("GROQ_API_KEY", "b"),
            ("DEFAULT_LLM_PROVIDER", "groq")
        );

        var status = await host.GetAsync("/api/llm/status");

        status.GetProperty("default_provider").GetString().ShouldBe("groq");
        status
            .GetProperty("providers")
            .EnumerateArray()
            .Select(static provider => $"{provider.GetProperty("name")} {provider.GetProperty("status")}")
            .ShouldBe(["openai configured", "anthropic not_configured", "gemini not_configured", "groq configured"]);
        status.GetProperty("providers")[0].GetProperty("model").GetString().ShouldBe("fast");
    }

    [Fact]
    public async Task Reports_that_no_provider_is_configured()
    {
        await using var host = await ConfiguredHost.StartAsync();

        var status = await host.GetAsync("/api/llm/status");

        status.GetProperty("configured").GetBoolean().ShouldBeFalse();
        status.GetProperty("default_provider").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Theory]
    [MemberData(nameof(Prefixes))]
    public async Task Returns_statistics_of_all_calls_and_the_limits_in_force(string prefix)
    {
        await using var host = await ConfiguredHost.StartAsync(
            "",
            ("MAX_REQUESTS_PER_MINUTE", "60"),
            ("MAX_TOKENS_PER_MINUTE", "90000"),
            ("MAX_COST_PER_REQUEST", "0.50"),
            ("DAILY_SPENDING_LIMIT", "10.00")
        );
        var (recent, old) = (TimeSpan.FromMinutes(1), TimeSpan.FromDays(40));
        await host.RecordAsync(
            ("gpt-4o", 0.000000000001m, recent),
            ("gpt-4o", 2, recent),
            ("gpt-4o", 4, old),
            ("unknown", null, old)
        );

        var statistics = await host.GetAsync(prefix + "/stats");

        var (today, then) = (FormatDay(recent), FormatDay(old));
        IsSame(
                statistics,
                $$$"""
                {
                  "total_requests": 4, "total_tokens": 6000, "total_cost": 6.000000000001, "average_cost": 2,
                  "recent_hour": {"requests": 2, "tokens": 3000, "cost": 2.000000000001},
                  "daily_costs": {"{{{then}}}": 4, "{{{today}}}": 2.000000000001},
                  "rate_limits": {
                    "requests_per_minute": 60, "tokens_per_minute": 90000, "max_cost_per_request": 0.5,
                    "daily_spending_limit": 10
                  }
                }
                """
            )
            .ShouldBeTrue(statistics.ToString());
    }

    [Fact]
    public async Task Needs_a_credential_once_there_is_an_account()
    {
        await using var host = await ConfiguredHost.StartAsync();
        await host.SignInAsync(Role.Viewer);
        (await host.SendAsync(HttpMethod.Get, "/api/llm/status")).Status.ShouldBe(HttpStatusCode.OK);
        (await host.SendAsync(HttpMethod.Get, "/api/llm/stats")).Status.ShouldBe(HttpStatusCode.OK);

        host.Token = null;

        // The gateway sees the account within a second.
        await Tollgate.Testing.Eventually.BecomesTrueAsync(async () =>
            (await host.SendAsync(HttpMethod.Get, "/api/llm/status")).Status == HttpStatusCode.Unauthorized
        );
        (await host.SendAsync(HttpMethod.Get, "/api/patterns/llm/stats")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static bool IsSame(JsonElement found, string expected) =>
        JsonNode.DeepEquals(JsonNode.Parse(found.GetRawText()), JsonNode.Parse(expected));

    private static string FormatDay(TimeSpan ago) =>
        (TimeProvider.System.GetUtcNow() - ago).UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
