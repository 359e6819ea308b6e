using System.Text.Json;

namespace Tollgate.Api.Tests.Compatibility;

/// <summary>The requests with which the tools of key holders look up their key, at a gateway without the API.</summary>
public sealed class LookUpTests(CallerHost gateway) : IClassFixture<CallerHost>
{
    [Fact]
    public async Task Shows_a_key_holder_the_budget_and_what_is_used_of_it()
    {
        await gateway.CallAsync(gateway.Ann);
        await gateway.CallAsync(gateway.Bob);

        var key = (await GetAsync("/key/info")).GetProperty("info");
        var user = await GetAsync($"/user/info?user_id={key.GetProperty("user_id").GetString()}");
        var team = await GetAsync($"/team/info?team_id={key.GetProperty("team_id").GetString()}");
        var activity = await GetAsync(
            "/user/daily/activity?start_date=2020-01-01&end_date=2030-12-31&page=1&page_size=1"
        );

        key.GetProperty("max_budget").GetDecimal().ShouldBe(10);
        key.GetProperty("spend").GetDecimal().ShouldBe(0.0035m);
        key.GetProperty("budget_duration").GetString().ShouldBe("30d");
        key.GetProperty("budget_reset_at").GetDateTimeOffset().ShouldBeGreaterThan(DateTimeOffset.UtcNow);
        key.GetProperty("budget_limits_usage")
            .GetProperty("30d")
            .GetProperty("current_spend")
            .GetDecimal()
            .ShouldBe(0.0035m);
        key.GetProperty("model_spend").GetProperty("gpt-4o").GetDecimal().ShouldBe(0.0035m);
        user.GetProperty("user_info").GetProperty("spend").GetDecimal().ShouldBe(0.0035m);
        user.GetProperty("keys").GetArrayLength().ShouldBe(1);
        // The budget of the team decides over the calls of this key as well, so its state is the holder's concern.
        team.GetProperty("team_info").GetProperty("max_budget").GetDecimal().ShouldBe(100);
        team.GetProperty("team_info").GetProperty("spend").GetDecimal().ShouldBe(0.007m);
        team.GetProperty("team_info").GetProperty("budget_duration").GetString().ShouldBe("1mo");
        team.GetProperty("keys").GetArrayLength().ShouldBe(1);
        activity.GetProperty("metadata").GetProperty("total_spend").GetDecimal().ShouldBe(0.0035m);
    }

    [Theory]
    [InlineData("/key/info?key=")]
    [InlineData("/user/info?user_id=bob")]
    [InlineData("/team/info?team_id=beta")]
    public async Task Shows_nothing_of_others(string path)
    {
        if (path.EndsWith('='))
            path += gateway.BobsId;

        var (status, body) = await gateway.GetAsync(path, gateway.Ann);

        status.ShouldBe(404, body.ToString());
        body.GetProperty("error").GetProperty("type").GetString().ShouldBe("not_found_error");
    }

    [Fact]
    public async Task Describes_models_as_coding_agents_ask_for_them()
    {
        var groups = (await GetAsync("/model_group/info")).GetProperty("data").EnumerateArray().ToList();
        var models = await Task.WhenAll(
            GetAsync("/v2/model/info"),
            GetAsync("/model/info"),
            GetAsync("/v1/model/info")
        );
        var listed = (await GetAsync("/v1/models")).GetProperty("data").EnumerateArray();

        var smart = groups.Single(static group => group.GetProperty("model_group").GetString() == "smart");
        smart.GetProperty("input_cost_per_token").GetDecimal().ShouldBe(0.0000025m);
        smart.GetProperty("output_cost_per_token").GetDecimal().ShouldBe(0.00001m);
        smart.GetProperty("max_input_tokens").GetInt64().ShouldBe(128000);
        smart.GetProperty("mode").GetString().ShouldBe("chat");
        groups
            .Single(static group => group.GetProperty("model_group").GetString() == "odd")
            .GetProperty("input_cost_per_token")
            .ValueKind.ShouldBe(JsonValueKind.Null);
        foreach (var body in models)
            body.GetProperty("data")
                .EnumerateArray()
                .Select(static model => model.GetProperty("model_name").GetString())
                .ShouldBe(listed.Select(static model => model.GetProperty("id").GetString()));
        var one = await GetAsync("/model/info?litellm_model_id=d1");
        one.GetProperty("data")
            .EnumerateArray()
            .Single()
            .GetProperty("litellm_params")
            .GetProperty("model")
            .GetString()
            .ShouldBe("openai/gpt-4o");
    }

    [Theory]
    [InlineData("/health/readiness", 200)]
    [InlineData("/health/liveliness", 200)]
    [InlineData("/health/liveness", 200)]
    [InlineData("/key/info", 401)]
    [InlineData("/user/daily/activity", 401)]
    [InlineData("/model/info", 401)]
    public async Task Needs_a_key_except_for_health(string path, int expected) =>
        (await gateway.GetAsync(path, key: null)).Status.ShouldBe(expected);

    [Theory]
    [InlineData("/api/v1/keys")]
    [InlineData("/key/list")]
    [InlineData("/v1/organization/costs?start_time=1")]
    [InlineData("/spend/logs")]
    public async Task Has_no_other_route_of_the_API(string path) =>
        (await gateway.GetAsync(path, gateway.Ann)).Status.ShouldBe(404);

    [Fact]
    public async Task Does_not_show_metrics_to_a_key() =>
        (await gateway.GetAsync("/metrics", gateway.Ann)).Status.ShouldBe(403);

    private async Task<JsonElement> GetAsync(string path)
    {
        var (status, body) = await gateway.GetAsync(path, gateway.Ann);
        status.ShouldBe(200, body.ToString());
        return body;
    }
}
