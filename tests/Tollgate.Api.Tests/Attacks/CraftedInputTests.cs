using System.Net;
using System.Text.Json;

namespace Tollgate.Api.Tests.Attacks;

/// <summary>Input that is made to hit the edges of what the program converts and stores.</summary>
public sealed class CraftedInputTests(AdminHost admin) : IClassFixture<AdminHost>
{
    private static readonly string Long = new('x', 300);

    [Theory]
    [InlineData("/api/v1/refusals?before=3155378975999999999.00000000000000000000000000000000")]
    [InlineData("/api/v1/refusals?before=0.00000000000000000000000000000000")]
    [InlineData("/api/v1/refusals?from=0001-01-01T00:00:00Z&to=0001-01-01T00:00:00Z")]
    [InlineData("/api/v1/refusals?from=9999-12-31T23:59:59.9999999Z")]
    [InlineData("/api/v1/audit?from=9999-12-31T23:59:59.9999999Z&to=0001-01-01T00:00:00Z")]
    [InlineData("/api/v1/audit?before=ffffffffffffffffffffffffffffffff")]
    [InlineData("/api/v1/summary?from=0001-01-01&tz=Pacific/Kiritimati")]
    [InlineData("/api/v1/summary?from=9998-12-31&to=9998-12-31&tz=Pacific/Honolulu")]
    [InlineData("/api/v1/summary?from=0001-01-01T00:00:00%2B14:00")]
    [InlineData("/api/v1/summary?from=now-3000000w")]
    [InlineData("/api/v1/summary?range=999999999w")]
    [InlineData("/api/v1/summary?compare=year&from=1970-01-01&to=1970-01-01")]
    [InlineData("/api/v1/series?bucket=minute&range=3650d")]
    [InlineData("/api/v1/series?bucket=hour&range=3650d&top=1000")]
    [InlineData("/api/v1/calls?after=AAAA")]
    [InlineData("/api/v1/calls?filter[cost][gte]=-79228162514264337593543950335")]
    [InlineData("/api/v1/calls?filter[duration][lte]=1e9")]
    [InlineData("/api/v1/calls?filter[model][contains]=%25_%5C")]
    [InlineData("/api/v1/calls?filter[model]=%ED%A0%80")]
    [InlineData("/api/v1/keys?after=//8")]
    [InlineData("/api/v1/prices?at=0001-01-01T00:00:00Z")]
    [InlineData("/api/v1/prices/compare?models=,,,")]
    [InlineData("/api/v1/prices/unpriced?from=1970-01-01&to=8999-12-31")]
    [InlineData("/api/v1/exports/csv?from=1970-01-01&to=1970-01-01&tz=Pacific/Kiritimati")]
    [InlineData("/v1/organization/costs?start_time=0&limit=180&page=page_2147483647")]
    [InlineData("/v1/organization/usage/completions?start_time=0&bucket_width=1m&limit=1440")]
    [InlineData("/user/daily/activity?start_date=1970-01-01&end_date=8999-12-31&timezone=840")]
    [InlineData("/spend/logs/v2?start_date=1970-01-01&end_date=8999-12-31&page=100&page_size=100")]
    [InlineData("/spend/logs?min_spend=0.0000000000000000000000000001")]
    public async Task No_parameter_at_the_edge_is_an_error_of_the_program(string path)
    {
        using var request = ApiHost.CreateRequest(HttpMethod.Get, path, admin.Token);
        using var response = await admin.Host.Client.SendAsync(request);

        ((int)response.StatusCode).ShouldBeLessThan(500, await response.Content.ReadAsStringAsync());
    }

    public static TheoryData<string, string> Bodies =>
        new()
        {
            { "/api/v1/keys", """{"name": "a\u0000b"}""" },
            { "/api/v1/keys", """{"name": "k", "user": "a\u0000b"}""" },
            { "/api/v1/keys", """{"name": "k", "team": " "}""" },
            { "/api/v1/keys", $$"""{"name": "k", "project": "{{Long}}"}""" },
            { "/api/v1/keys", """{"name": "k", "organization": "\ud800"}""" },
            { "/api/v1/keys", $$$"""{"name": "k", "metadata": {"a": "{{{new string('x', 400_000)}}}"}}""" },
            { "/api/v1/keys", """{"name": "k", "max_budget": "79228162514264337593543950335"}""" },
            { "/api/v1/keys", """{"name": "k", "rpm_limit": "1.5"}""" },
            { "/api/v1/keys", """{"name": "k", "expires_at": "0001-01-01T00:00:00+14:00"}""" },
            { "/api/v1/keys", """{"name": "k", "max_budget": "1", "budget_duration": "999999999999d"}""" },
            { "/api/v1/keys", """{"name": "k", "\ud800": 1}""" },
            { "/api/v1/users", """{"name": "a\u0000b"}""" },
            { "/api/v1/users", """{"name": "\ud800"}""" },
            { "/api/v1/users", $$"""{"name": "{{Long}}"}""" },
            { "/api/v1/teams", $$$"""{"name": "t", "metadata": {"a": "{{{new string('x', 400_000)}}}"}}""" },
            { "/api/v1/teams", """{"name": "t", "metadata": {"\ud800": "x"}}""" },
            { "/api/v1/limits", Limit("""[{"dimension": "user", "value": "a\u0000b"}]""") },
            { "/api/v1/limits", Limit("""[{"dimension": "user", "value": "\ud800"}]""") },
            { "/api/v1/limits", Limit("""[{"dimension": "user"}, {"dimension": "user", "value": "a"}]""") },
            { "/api/v1/limits", Limit("""[{"dimension": "key", "value": "tg-"}]""") },
            { "/api/v1/limits", """{"metric": "cost", "window": "99999999999999999999 months", "amount": "1"}""" },
            { "/api/v1/limits", """{"metric": "cost", "window": "month", "amount": "1", "alert_at": [0]}""" },
            { "/api/v1/limits", """{"metric": "cost", "window": "month", "amount": -1}""" },
            { "/api/v1/accounts", """{"username": "a\u0000b", "role": "user"}""" },
            { "/api/v1/accounts", """{"username": "ok", "role": "user", "teams": ["a\u0000b"]}""" },
            { "/api/v1/accounts", """{"username": "ok", "role": "user", "user": "\ud800"}""" },
            { "/api/v1/service-tokens", """{"name": "a\u0000b", "permissions": ["usage:read"]}""" },
            { "/api/v1/query", """{"sql": "SELECT 1; SELECT 2"}""" },
            { "/api/v1/query", """{"sql": "SELECT 1\u0000"}""" },
            { "/api/v1/query", """{"sql": "\ud800"}""" },
            { "/api/v1/jobs/analysis", """{"data": {"a": [1e999, 1], "b": [1, 2]}}""" },
            { "/api/v1/jobs/analysis", """{"data": {"\ud800": [1, 1], "b": [1, 2]}}""" },
            { "/api/v1/jobs/simulation", """{"scenario": {"\ud800": 1}}""" },
            { "/api/v1/jobs/simulation", """{"scenario": "\ud800"}""" },
            { "/api/v1/jobs/simulation", """{"n_simulations": -1}""" },
            { "/api/v1/jobs/simulation", """{"n_simulations": 2147483647, "months": 2147483647}""" },
            { "/api/v1/jobs/simulation", """{"seed": 9223372036854775808}""" },
            { "/api/v1/prices/preview", """{"from": "9999-12-31T23:59:59Z"}""" },
            { "/api/rate-limits", """{"model": "a\u0000b", "limit": 1, "period": "day"}""" },
            { "/api/budgets", """{"name": "total", "amount": 1e28, "period": "total"}""" },
            { "/key/generate", """{"duration": "99999mo"}""" },
            { "/key/generate", """{"key_alias": "a\u0000b"}""" },
            { "/team/new", """{"team_id": "a\u0000b"}""" },
            { "/user/new", $$"""{"user_id": "{{Long}}", "max_budget": 1}""" },
            { "/api/v1/setup", """{"token": "\ud800", "password": "x"}""" },
            { "/api/auth/login", """{"username": "\u0000", "password": "\u0000"}""" },
            { "/api/auth/refresh", """{"refresh_token": "\u0000"}""" },
        };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Refuses_a_body_that_no_store_could_save(string path, string body)
    {
        var (status, response) = await admin.Host.PostAsync(path, admin.Token, body);

        ((int)status).ShouldBeInRange(400, 499, response.ToString());
    }

    [Fact]
    public async Task Bounds_the_memory_of_an_sql_result()
    {
        var huge = await QueryAsync("SELECT hex(zeroblob(500000000))");
        huge.Status.ShouldBe(HttpStatusCode.BadRequest, huge.Body.ToString());
        var wide = await QueryAsync(
            "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c LIMIT 10000) "
                + "SELECT x, hex(zeroblob(1000000)) FROM c"
        );

        wide.Status.ShouldBe(HttpStatusCode.OK, wide.Body.ToString());
        wide.Body.GetProperty("is_cut").GetBoolean().ShouldBeTrue();
        wide.Body.GetProperty("rows").GetArrayLength().ShouldBeInRange(1, 16);
    }

    [Theory]
    [InlineData("ATTACH '/tmp/x.db' AS x")]
    [InlineData("PRAGMA journal_mode = DELETE")]
    [InlineData("PRAGMA writable_schema = ON")]
    [InlineData("DELETE FROM usage_records")]
    [InlineData("VACUUM INTO '/tmp/x.db'")]
    [InlineData("SELECT load_extension('/tmp/x.so')")]
    [InlineData("SELECT writefile('/tmp/x', 'y')")]
    [InlineData("SELECT readfile('/etc/passwd')")]
    [InlineData("WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT COUNT(*) FROM c")]
    public async Task Runs_no_sql_that_writes_reads_files_or_does_not_end(string sql)
    {
        var (status, body) = await QueryAsync(sql);

        status.ShouldBe(HttpStatusCode.BadRequest, body.ToString());
    }

    private static string Limit(string scope) =>
        $$"""{"metric": "cost", "window": "month", "amount": "1", "scope": {{scope}}}""";

    private Task<(HttpStatusCode Status, JsonElement Body)> QueryAsync(string sql) =>
        admin.Host.PostAsync(
            "/api/v1/query",
            admin.Token,
            $$"""{"sql": {{JsonSerializer.Serialize(sql)}}, "max_rows": 10000, "timeout_seconds": 5}"""
        );
}
