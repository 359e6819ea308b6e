using System.Net;
using System.Text.Json;
using Tollgate.Identity.Permissions;

namespace Tollgate.Api.Tests.Endpoints;

public sealed class StatusTests
{
    private const string MasterKey = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Fact]
    public async Task Lists_the_settings_in_force_with_their_sources_and_without_secrets()
    {
        await using var host = await ConfiguredHost.StartAsync(
            "{routing: {retries: 5}, telemetry: {otlp_endpoint: 'http://user:hidden@127.0.0.1:1/v1?key=hidden'}}",
            ("TOLLGATE_ROUTING_SEED", "7"),
            ("TOLLGATE_MASTER_KEY", MasterKey)
        );
        await host.SignInAsync(Role.Admin);

        var settings = await host.GetAsync("/api/v1/settings?limit=500");

        Find(settings, "routing.retries").ShouldBe(("5", "tollgate.yaml"));
        Find(settings, "routing.seed").ShouldBe(("7", "environment"));
        Find(settings, "listen.urls").ShouldBe(("http://127.0.0.1:0", "--urls"));
        Find(settings, "routing.cool_down").ShouldBe(("30s", "default"));
        Find(settings, "accounts.master_key").ShouldBe(("(a secret)", "environment"));
        Find(settings, "telemetry.otlp_endpoint").ShouldBe(("http://127.0.0.1:1/v1", "tollgate.yaml"));
        settings.ToString().ShouldNotContain("hidden");
        settings.ToString().ShouldNotContain(MasterKey);
    }

    [Fact]
    public async Task Hides_settings_from_viewers_but_not_the_status()
    {
        await using var host = await ConfiguredHost.StartAsync();
        await host.SignInAsync(Role.Viewer);

        (await host.SendAsync(HttpMethod.Get, "/api/v1/settings")).Status.ShouldBe(HttpStatusCode.Forbidden);
        var status = await host.GetAsync("/api/v1/status");

        status
            .GetProperty("parts")
            .EnumerateArray()
            .Select(static part => part.GetString())
            .ShouldBe(["gateway", "api", "dashboard"]);
        status.GetProperty("ledger").GetProperty("writable").GetBoolean().ShouldBeTrue();
        status.GetProperty("registry").GetProperty("stale").GetBoolean().ShouldBeFalse();
        status.GetProperty("replicas").GetArrayLength().ShouldBe(0);
        status.GetProperty("store").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Lists_deployments_in_the_order_of_the_model_list()
    {
        await using var host = await ConfiguredHost.StartAsync(
            """
            models:
              - { name: b, deployments: [openai/gpt-4o, groq/llama-3] }
              - { name: a, deployments: [{ model: openai/gpt-4o-mini, api_key: sk-literal-0123456789-abcd }] }
            """,
            ("OPENAI_API_KEY", "sk-environment-0123456789-wxyz")
        );
        await host.SignInAsync(Role.Viewer);

        var deployments = await host.GetAsync("/api/v1/deployments");

        deployments
            .GetProperty("data")
            .EnumerateArray()
            .Select(static each =>
                $"{each.GetProperty("group")} {each.GetProperty("name")} {each.GetProperty("source")} "
                + $"{each.GetProperty("health")}"
            )
            .ShouldBe(["b openai/gpt-4o environment healthy", "a openai/gpt-4o-mini configuration healthy"]);
        var openai = await host.GetAsync("/api/v1/providers/openai");
        openai.GetProperty("key").GetString().ShouldBe("sk-…wxyz");
        openai.GetProperty("variable").GetString().ShouldBe("OPENAI_API_KEY");
        openai.GetProperty("models").EnumerateArray().Select(static model => model.GetString()).ShouldBe(["b", "a"]);
        var groq = await host.GetAsync("/api/v1/providers/groq");
        groq.GetProperty("configured").GetBoolean().ShouldBeFalse();
        groq.GetProperty("reason").GetString().ShouldBe("GROQ_API_KEY is not set");
        (await host.SendAsync(HttpMethod.Get, "/api/v1/providers/opnai")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    private static (string? Value, string? Source) Find(JsonElement settings, string name)
    {
        var setting = settings
            .GetProperty("data")
            .EnumerateArray()
            .Single(setting => setting.GetProperty("name").GetString() == name);
        return (setting.GetProperty("value").GetString(), Path.GetFileName(setting.GetProperty("source").GetString()));
    }
}
