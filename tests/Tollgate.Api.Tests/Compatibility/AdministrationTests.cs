using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Tollgate.Api.Tests.Compatibility;

/// <summary>
/// The requests that the Terraform provider for LiteLLM sends for each resource: create, read, update, read, delete,
/// and read again. It sends its key in two headers, and takes 404 as "it was deleted".
/// </summary>
public sealed class AdministrationTests(LedgerHost ledger) : IClassFixture<LedgerHost>
{
    [Fact]
    public async Task Manages_a_key_as_terraform_does()
    {
        var created = await SendAsync(
            "POST",
            "/key/generate",
            new
            {
                key_alias = "terraform",
                team_id = "gamma",
                user_id = "tess",
                models = new[] { "gpt-4o" },
                max_budget = 12.5,
                soft_budget = 10,
                budget_duration = "30d",
                rpm_limit = 60,
                tpm_limit = 90000,
                max_parallel_requests = 5,
                duration = "90d",
                metadata = new { owner = "platform" },
                blocked = false,
                guardrails = Array.Empty<string>(),
                permissions = new { },
                budget_id = (string?)null,
            }
        );
        var key = created.GetProperty("key").GetString()!;
        key.ShouldStartWith("tg-");

        var info = (await SendAsync("GET", $"/key/info?key={key}")).GetProperty("info");
        info.GetProperty("key_alias").GetString().ShouldBe("terraform");
        info.GetProperty("max_budget").GetDecimal().ShouldBe(12.5m);
        info.GetProperty("soft_budget").GetDecimal().ShouldBe(10);
        info.GetProperty("budget_duration").GetString().ShouldBe("30d");
        info.GetProperty("budget_reset_at").ValueKind.ShouldBe(JsonValueKind.String);
        info.GetProperty("rpm_limit").GetInt64().ShouldBe(60);
        info.GetProperty("tpm_limit").GetInt64().ShouldBe(90000);
        info.GetProperty("max_parallel_requests").GetInt64().ShouldBe(5);
        info.GetProperty("models").EnumerateArray().Single().GetString().ShouldBe("gpt-4o");
        info.GetProperty("metadata").GetProperty("owner").GetString().ShouldBe("platform");
        info.GetProperty("expires").GetDateTimeOffset().ShouldBeGreaterThan(DateTimeOffset.UtcNow.AddDays(89));

        await SendAsync(
            "POST",
            "/key/update",
            new
            {
                key,
                key_alias = "renamed",
                max_budget = 20,
                budget_duration = "1mo",
                rpm_limit = (int?)null,
                models = Array.Empty<string>(),
            }
        );
        info = (await SendAsync("GET", $"/key/info?key={key}")).GetProperty("info");
        info.GetProperty("key_alias").GetString().ShouldBe("renamed");
        info.GetProperty("max_budget").GetDecimal().ShouldBe(20);
        info.GetProperty("budget_duration").GetString().ShouldBe("1mo");
        info.GetProperty("rpm_limit").ValueKind.ShouldBe(JsonValueKind.Null);
        info.GetProperty("tpm_limit").GetInt64().ShouldBe(90000);
        info.GetProperty("models").GetArrayLength().ShouldBe(0);
        info.GetProperty("team_id").GetString().ShouldBe("gamma");

        var list = await SendAsync("GET", "/key/list?team_id=gamma&return_full_object=true");
        list.GetProperty("keys")
            .EnumerateArray()
            .Single()
            .GetProperty("token")
            .GetString()
            .ShouldBe(created.GetProperty("token_id").GetString());
        var other = await SendAsync("POST", $"/key/{key}/regenerate");
        var replaced = other.GetProperty("key").GetString()!;
        replaced.ShouldNotBe(key);
        await SendAsync("POST", "/key/delete", new { keys = new[] { replaced } });
        await ShouldBeGoneAsync($"/key/info?key={replaced}");
        await ShouldBeGoneAsync($"/key/info?key={key}");
    }

    [Fact]
    public async Task Manages_a_team_as_terraform_does()
    {
        var id = Guid.NewGuid().ToString();
        await SendAsync(
            "POST",
            "/team/new",
            new
            {
                team_id = id,
                team_alias = "Research",
                max_budget = 100,
                budget_duration = "30d",
                tpm_limit = 1000,
                metadata = new { cost_center = "42" },
                models = Array.Empty<string>(),
                blocked = false,
            }
        );
        var key = (await SendAsync("POST", "/key/generate", new { team_id = id })).GetProperty("key").GetString()!;
        var info = (await SendAsync("GET", $"/team/info?team_id={id}")).GetProperty("team_info");
        info.GetProperty("team_alias").GetString().ShouldBe("Research");
        info.GetProperty("max_budget").GetDecimal().ShouldBe(100);
        info.GetProperty("budget_duration").GetString().ShouldBe("30d");
        info.GetProperty("tpm_limit").GetInt64().ShouldBe(1000);
        info.GetProperty("metadata").GetProperty("cost_center").GetString().ShouldBe("42");

        await SendAsync(
            "POST",
            "/team/update",
            new
            {
                team_id = id,
                team_alias = "Lab",
                max_budget = 150,
                tpm_limit = (int?)null,
            }
        );
        info = (await SendAsync("GET", $"/team/info?team_id={id}")).GetProperty("team_info");
        info.GetProperty("team_alias").GetString().ShouldBe("Lab");
        info.GetProperty("max_budget").GetDecimal().ShouldBe(150);
        info.GetProperty("budget_duration").GetString().ShouldBe("30d");
        info.GetProperty("tpm_limit").ValueKind.ShouldBe(JsonValueKind.Null);
        (await SendAsync("GET", "/team/list"))
            .EnumerateArray()
            .Select(static team => team.GetProperty("team_id").GetString())
            .ShouldContain(id);

        var deleted = await SendAsync("POST", "/team/delete", new { team_ids = new[] { id } });
        deleted.GetProperty("revoked_keys").GetArrayLength().ShouldBe(1);
        await ShouldBeGoneAsync($"/team/info?team_id={id}");
        await ShouldBeGoneAsync($"/key/info?key={key}");
        var limits = await ledger.Host.GetAsync("/api/v1/limits?limit=500", ledger.Root);
        limits.Body.ToString().ShouldNotContain(id);
    }

    [Fact]
    public async Task Manages_a_user_as_terraform_does()
    {
        var created = await SendAsync(
            "POST",
            "/user/new",
            new
            {
                user_email = "uma@example.com",
                user_role = "internal_user",
                max_budget = 10,
                budget_duration = "1mo",
                auto_create_key = true,
                models = Array.Empty<string>(),
            }
        );
        var id = created.GetProperty("user_id").GetString()!;
        id.ShouldBe("uma@example.com");
        created.GetProperty("key").GetString()!.ShouldStartWith("tg-");
        var info = await SendAsync("GET", $"/user/info?user_id={id}");
        info.GetProperty("user_info").GetProperty("max_budget").GetDecimal().ShouldBe(10);
        info.GetProperty("user_info").GetProperty("user_email").GetString().ShouldBe(id);
        info.GetProperty("keys").GetArrayLength().ShouldBe(1);

        await SendAsync(
            "POST",
            "/user/update",
            new
            {
                user_id = id,
                max_budget = 30,
                budget_duration = "1mo",
                auto_create_key = true,
            }
        );
        info = await SendAsync("GET", $"/user/info?user_id={id}");
        info.GetProperty("user_info").GetProperty("max_budget").GetDecimal().ShouldBe(30);
        var (again, _) = await TrySendAsync("POST", "/user/new", new { user_email = id, max_budget = 1 });
        again.ShouldBe(HttpStatusCode.Conflict);
        var list = await SendAsync("GET", "/user/list?user_email=uma&page=1&page_size=100");
        list.GetProperty("users").EnumerateArray().Single().GetProperty("max_budget").GetDecimal().ShouldBe(30);

        await SendAsync("POST", "/user/delete", new { user_ids = new[] { id } });
        await ShouldBeGoneAsync($"/user/info?user_id={id}");
    }

    [Theory]
    [InlineData("/key/generate", """{"guardrails": ["pii"]}""", "guardrails")]
    [InlineData("/key/generate", """{"max_bugdet": 5}""", "max_budget")]
    [InlineData("/key/generate", """{"blocked": true}""", "blocked")]
    [InlineData("/key/generate", """{"models": ["no-default-models"]}""", "no-default-models")]
    [InlineData("/key/generate", """{"duration": "soon"}""", "duration")]
    [InlineData("/key/generate", """{"key": "sk-1234"}""", "key")]
    [InlineData("/key/generate", """{"budget_duration": "30d"}""", "budget_duration")]
    [InlineData("/user/new", """{"user_id": "eve", "user_role": "proxy_admin"}""", "POST /api/v1/accounts")]
    [InlineData(
        "/team/new",
        """{"team_alias": "x", "members_with_roles": [{"role": "admin"}]}""",
        "members_with_roles"
    )]
    public async Task Refuses_a_field_that_would_have_no_effect(string path, string body, string named)
    {
        var (status, response) = await ledger.Host.PostAsync(path, ledger.Root, body);

        status.ShouldBe(HttpStatusCode.BadRequest, response.ToString());
        response.GetProperty("error").GetProperty("message").GetString()!.ShouldContain(named);
        response.GetProperty("error").GetProperty("type").GetString().ShouldBe("invalid_request_error");
    }

    [Theory]
    [InlineData("POST", "/key/block", "rpm_limit")]
    [InlineData("POST", "/budget/new", "POST /api/v1/limits")]
    [InlineData("POST", "/model/new", "tollgate.yaml")]
    [InlineData("GET", "/organization/info", "organization_id")]
    [InlineData("POST", "/team/member_add", "POST /key/generate")]
    public async Task States_what_to_use_instead_of_a_route_that_is_left_out(string method, string path, string instead)
    {
        var (status, body) = await TrySendAsync(method, path, method == "POST" ? new { } : null);

        status.ShouldBe(HttpStatusCode.NotImplemented);
        body.GetProperty("error").GetProperty("message").GetString()!.ShouldContain(instead);
        body.GetProperty("error").GetProperty("code").GetString().ShouldBe("501");
    }

    private async Task ShouldBeGoneAsync(string path)
    {
        var (status, body) = await TrySendAsync("GET", path);
        status.ShouldBe(HttpStatusCode.NotFound, body.ToString());
        body.GetProperty("error").GetProperty("message").GetString()!.ShouldContain("not found");
    }

    private async Task<JsonElement> SendAsync(string method, string path, object? body = null)
    {
        var (status, response) = await TrySendAsync(method, path, body);
        status.ShouldBe(HttpStatusCode.OK, response.ToString());
        return response;
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> TrySendAsync(
        string method,
        string path,
        object? body = null
    )
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.TryAddWithoutValidation("x-api-key", ledger.Root);
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + ledger.Root);
        request.Headers.TryAddWithoutValidation("litellm-changed-by", "terraform");
        if (body is not null)
            request.Content = JsonContent.Create(body);
        using var response = await ledger.Host.Client.SendAsync(request);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return (response.StatusCode, json.RootElement.Clone());
    }
}
