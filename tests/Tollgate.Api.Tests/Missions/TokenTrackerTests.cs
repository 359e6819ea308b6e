using System.Net;
using System.Text.Json;
using Tollgate.Accounting.Tracking;
using Tollgate.Metering.Pricing;

namespace Tollgate.Api.Tests.Missions;

/// <summary>The documented requests for usage, rate limits, and budgets, and the shapes of their responses.</summary>
public sealed class TokenTrackerTests(AdminHost admin) : IClassFixture<AdminHost>
{
    [Fact]
    public async Task Responds_that_it_is_healthy_without_a_credential()
    {
        var (status, body) = await admin.Host.GetAsync("/api/health", token: null);

        status.ShouldBe(HttpStatusCode.OK);
        body.GetProperty("status").GetString().ShouldBe("ok");
        body.GetProperty("timestamp").GetDateTimeOffset().ShouldBeGreaterThan(DateTimeOffset.UtcNow.AddMinutes(-5));
    }

    [Fact]
    public async Task Logs_in_with_a_username_and_a_password()
    {
        var (status, body) = await admin.Host.PostAsync(
            "/api/auth/login",
            token: null,
            $$"""{"username": "root", "password": "{{ApiHost.Password}}"}"""
        );

        status.ShouldBe(HttpStatusCode.OK);
        body.GetProperty("token").GetString().ShouldBe(body.GetProperty("access_token").GetString());
        body.GetProperty("token").GetString()!.Split('.').Length.ShouldBe(3);
        body.GetProperty("token_type").GetString().ShouldBe("Bearer");
        body.GetProperty("expires_in").GetInt32().ShouldBe(900);
        body.GetProperty("role").GetString().ShouldBe("admin");
    }

    [Fact]
    public async Task Lists_usage_of_the_days_and_the_model()
    {
        await TrackAsync("gpt-4o", new DateTimeOffset(2026, 3, 4, 23, 59, 59, TimeSpan.Zero));
        await TrackAsync("gpt-4o-mini", new DateTimeOffset(2026, 3, 4, 12, 0, 0, TimeSpan.Zero));

        var (status, body) = await admin.Host.GetAsync(
            "/api/token-usage?start_date=2026-03-04&end_date=2026-03-04&model=gpt-4o",
            admin.Token
        );

        status.ShouldBe(HttpStatusCode.OK, body.ToString());
        var call = body.EnumerateArray().ShouldHaveSingleItem();
        call.GetProperty("model").GetString().ShouldBe("gpt-4o");
        call.GetProperty("prompt_tokens").GetInt64().ShouldBe(1000);
        call.GetProperty("completion_tokens").GetInt64().ShouldBe(100);
        call.GetProperty("total_tokens").GetInt64().ShouldBe(1100);
        call.GetProperty("estimated_cost").GetDecimal().ShouldBe(0.0035m);
        call.GetProperty("timestamp").GetDateTimeOffset().Day.ShouldBe(4);
        call.GetProperty("status").GetString().ShouldBe("success");
    }

    [Fact]
    public async Task Sums_up_by_model_and_by_day()
    {
        await TrackAsync("gpt-4o", new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero));
        await TrackAsync("gpt-4o", new DateTimeOffset(2026, 2, 2, 0, 0, 0, TimeSpan.Zero));
        await TrackAsync("gpt-4o-mini", new DateTimeOffset(2026, 2, 2, 0, 0, 0, TimeSpan.Zero));

        var (status, body) = await admin.Host.GetAsync(
            "/api/token-usage/summary?start_date=2026-02-01&end_date=2026-02-02",
            admin.Token
        );

        status.ShouldBe(HttpStatusCode.OK, body.ToString());
        var summary = body.GetProperty("summary");
        summary.GetProperty("request_count").GetInt64().ShouldBe(3);
        summary.GetProperty("total_tokens").GetInt64().ShouldBe(3300);
        foreach (var part in (string[])["by_model", "by_day"])
        {
            var rows = body.GetProperty(part).EnumerateArray().ToList();
            rows.Count.ShouldBe(2);
            rows.Sum(static row => row.GetProperty("estimated_cost").GetDecimal())
                .ShouldBe(summary.GetProperty("estimated_cost").GetDecimal());
            rows.Sum(static row => row.GetProperty("request_count").GetInt64()).ShouldBe(3);
        }

        body.GetProperty("by_day")[0].GetProperty("date").GetString().ShouldBe("2026-02-01");
    }

    [Theory]
    [InlineData("/api/token-usage?start_date=2026-13-45")]
    [InlineData("/api/token-usage?start_date=yesterday")]
    [InlineData("/api/token-usage/summary?start_date=2026-02-02&end_date=2026-02-01")]
    public async Task Refuses_a_date_that_does_not_exist(string path) =>
        (await admin.Host.GetAsync(path, admin.Token)).Status.ShouldBe(HttpStatusCode.BadRequest);

    [Fact]
    public async Task Sets_and_lists_rate_limits()
    {
        var (status, body) = await admin.Host.PostAsync(
            "/api/rate-limits",
            admin.Token,
            """{"model": "gpt-4o", "limit": 100, "period": "minute"}"""
        );
        status.ShouldBe(HttpStatusCode.OK, body.ToString());
        body.GetProperty("message").GetString().ShouldBe("Created rate limit for gpt-4o");

        var (_, list) = await admin.Host.GetAsync("/api/rate-limits", admin.Token);

        var limit = list.EnumerateArray().ShouldHaveSingleItem();
        limit.GetProperty("model").GetString().ShouldBe("gpt-4o");
        limit.GetProperty("limit").GetInt64().ShouldBe(100);
        limit.GetProperty("period").GetString().ShouldBe("minute");
    }

    [Fact]
    public async Task Sets_and_lists_budgets()
    {
        var (status, body) = await admin.Host.PostAsync(
            "/api/budgets",
            admin.Token,
            """{"name": "monthly", "amount": 500, "period": "monthly", "reset_day": 1}"""
        );
        status.ShouldBe(HttpStatusCode.OK, body.ToString());

        var (_, list) = await admin.Host.GetAsync("/api/budgets", admin.Token);

        var budget = list.EnumerateArray().ShouldHaveSingleItem();
        budget.GetProperty("name").GetString().ShouldBe("monthly");
        budget.GetProperty("amount").GetDecimal().ShouldBe(500);
        budget.GetProperty("period").GetString().ShouldBe("monthly");
        budget.GetProperty("reset_day").ValueKind.ShouldBeOneOf(JsonValueKind.Null, JsonValueKind.Number);
    }

    [Theory]
    [InlineData("/api/rate-limits", """{"model": "gpt-4o", "limit": -5, "period": "century"}""")]
    [InlineData("/api/rate-limits", """{"model": "gpt-4o", "limit": -5, "period": "day"}""")]
    [InlineData("/api/budgets", """{"name": "x", "amount": -5, "period": "daily"}""")]
    [InlineData("/api/budgets", """{"name": "x", "amount": 5, "period": "century"}""")]
    public async Task Refuses_limits_that_make_no_sense(string path, string body) =>
        (await admin.Host.PostAsync(path, admin.Token, body)).Status.ShouldBe(HttpStatusCode.BadRequest);

    private Task TrackAsync(string model, DateTimeOffset at) =>
        new UsageTracker(admin.Host.Ledger, BuiltInPrices.Book).TrackAsync(
            new UsageEntry
            {
                Model = model,
                Provider = "openai",
                PromptTokens = 1000,
                CompletionTokens = 100,
                Timestamp = at,
            }
        );
}
