using System.Globalization;
using System.Net;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Windows;
using Tollgate.SimulatedProvider;
using Tollgate.SimulatedProvider.Scripting;
using Tollgate.Testing.Gateways;

namespace Tollgate.Gateway.Tests.Limits;

public sealed class CallLimitTests
{
    [Fact]
    public async Task Sixty_four_callers_cannot_overspend_ten_dollars_by_the_providers_own_bill()
    {
        await using var provider = await SimulatedProviderServer.StartAsync(new SimulatedProviderOptions(), default);
        await using var gate = await StartAsync(
            provider,
            Limit(LimitMetric.Cost, LimitAmount.FromUsd(10m), TotalWindow.Instance)
        );
        // gpt-4o: at most 3,000 output tokens of 10 dollars a million, and input below 400 bytes: less than 4 cents.
        const decimal mostOfOne = 0.032m;

        await Task.WhenAll(Enumerable.Range(0, 64).Select(caller => SpendAsync(gate, caller)));
        await SpendAsync(gate, 64); // What calls under way had reserved and did not spend.

        var bill = await ProviderBill.TotalAsync(provider.BaseAddress);
        bill.ShouldBeLessThanOrEqualTo(10m);
        (10m - bill).ShouldBeLessThan(mostOfOne);
        (await gate.Ledger.Query.TotalsAsync(UsagePeriod.All)).Cost.Usd.ShouldBe(bill);
    }

    [Theory]
    [InlineData(LimitMetric.Requests, 10, 10)]
    [InlineData(LimitMetric.OutputTokens, 1000, 10)]
    public async Task Of_calls_at_once_no_more_pass_than_the_limit_allows(LimitMetric metric, int amount, int passes)
    {
        await using var provider = await SimulatedProviderServer.StartAsync(new SimulatedProviderOptions(), default);
        await using var gate = await StartAsync(provider, Limit(metric, amount, new CalendarWindow(CalendarUnit.Year)));

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 64).Select(_ => gate.ChatAsync("output=100", ""","max_tokens":100"""))
        );

        answers.Count(answer => answer.StatusCode == HttpStatusCode.OK).ShouldBe(passes);
        answers.Count(answer => answer.StatusCode == HttpStatusCode.TooManyRequests).ShouldBe(64 - passes);
        (await gate.RecordsAsync()).Count.ShouldBe(passes);
    }

    [Fact]
    public async Task No_more_calls_are_under_way_than_the_limit_allows_and_an_ended_call_makes_room()
    {
        await using var provider = await SimulatedProviderServer.StartAsync(new SimulatedProviderOptions(), default);
        await using var gate = await StartAsync(
            provider,
            Limit(LimitMetric.ConcurrentRequests, 5, InstantWindow.Instance)
        );

        var running = Enumerable.Range(0, 5).Select(_ => gate.ChatAsync("hang=1s", ""","stream":true""")).ToList();
        var streams = await Task.WhenAll(running);
        using var sixth = await gate.ChatAsync("output=1");

        sixth.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        sixth.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        await Task.WhenAll(streams.Select(stream => stream.Content.ReadAsStringAsync()));
        using var seventh = await gate.ChatAsync("output=1");
        seventh.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(
        "/v1/chat/completions",
        """{"model":"gpt-4o","max_tokens":50,"messages":[{"role":"user","content":"x"}]}""",
        "rate_limit_exceeded"
    )]
    [InlineData(
        "/v1/messages",
        """{"model":"claude-sonnet-4-5","max_tokens":50,"messages":[{"role":"user","content":"x"}]}""",
        "rate_limit_error"
    )]
    [InlineData(
        "/v1beta/models/gemini-2.5-flash:generateContent",
        """{"contents":[{"role":"user","parts":[{"text":"x"}]}],"generationConfig":{"maxOutputTokens":50}}""",
        "RESOURCE_EXHAUSTED"
    )]
    public async Task A_denial_uses_the_callers_dialect_and_states_when_to_retry(string path, string body, string type)
    {
        await using var provider = await SimulatedProviderServer.StartAsync(new SimulatedProviderOptions(), default);
        await using var gate = await StartAsync(
            provider,
            Limit(LimitMetric.Requests, 1, new CalendarWindow(CalendarUnit.Year)) with
            {
                Name = "requests_per_year",
            }
        );
        using var first = await gate.PostAsync(path, body, ("x-api-key", "k"), ("anthropic-version", "2023-06-01"));
        first.StatusCode.ShouldBe(HttpStatusCode.OK);

        using var second = await gate.PostAsync(path, body, ("x-api-key", "k"), ("anthropic-version", "2023-06-01"));

        second.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        second.Headers.RetryAfter!.Delta!.Value.ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromDays(366));
        var text = await second.Content.ReadAsStringAsync();
        text.ShouldContain(type);
        text.ShouldContain("Rate limit exceeded: requests_per_year");
    }

    [Theory]
    [InlineData("/v1/chat/completions", "gpt-4o", false)]
    [InlineData("/v1/messages", "claude-sonnet-4-5", true)]
    public async Task A_denial_shows_the_status_of_all_rate_limits_of_the_caller(
        string path,
        string model,
        bool isAnthropic
    )
    {
        await using var provider = await SimulatedProviderServer.StartAsync(new SimulatedProviderOptions(), default);
        var requests = Limit(LimitMetric.Requests, 1, new CalendarWindow(CalendarUnit.Year)) with { Id = "requests" };
        var tokens = Limit(LimitMetric.TotalTokens, 100_000, new RollingWindow(TimeSpan.FromMinutes(1))) with
        {
            Id = "tokens",
        };
        await using var gate = await StartAsync(provider, requests, tokens);
        var body = $$"""{"model":"{{model}}","max_tokens":50,"messages":[{"role":"user","content":"x"}]}""";
        using var first = await gate.PostAsync(path, body, ("x-api-key", "k"));

        using var refused = await gate.PostAsync(path, body, ("x-api-key", "k"));

        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        string Header(string name) => refused.Headers.GetValues(name).ShouldHaveSingleItem();
        (
            Header("x-ratelimit-limit-requests"),
            Header("x-ratelimit-remaining-requests"),
            Header("x-ratelimit-limit-tokens")
        ).ShouldBe(("1", "0", "100000"));
        Header("x-ratelimit-reset-requests").ShouldMatch("^[0-9]+s$");
        refused.Headers.Contains("anthropic-ratelimit-requests-remaining").ShouldBe(isAnthropic);
        if (isAnthropic)
            (Header("anthropic-ratelimit-requests-limit"), Header("anthropic-ratelimit-requests-remaining")).ShouldBe(
                ("1", "0")
            );
    }

    [Fact]
    public async Task A_permanently_exhausted_budget_has_no_retry_time()
    {
        await using var provider = await SimulatedProviderServer.StartAsync(new SimulatedProviderOptions(), default);
        await using var gate = await StartAsync(
            provider,
            Limit(LimitMetric.Cost, LimitAmount.FromUsd(0.02m), TotalWindow.Instance)
        );
        using (await gate.ChatAsync("output=1000", ""","max_tokens":1000""")) { }

        using var answer = await gate.ChatAsync("output=1000", ""","max_tokens":1000""");

        answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        answer.Headers.RetryAfter.ShouldBeNull();
        answer.Headers.GetValues("x-should-retry").ShouldBe(["false"]);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("budget_exceeded");
    }

    [Fact]
    public async Task A_call_that_can_never_fit_is_refused_and_a_small_one_passes()
    {
        await using var provider = await SimulatedProviderServer.StartAsync(new SimulatedProviderOptions(), default);
        await using var gate = await StartAsync(
            provider,
            Limit(LimitMetric.OutputTokens, 1000, new CalendarWindow(CalendarUnit.Minute))
        );

        using var big = await gate.ChatAsync("output=1", ""","max_tokens":1001""");
        using var small = await gate.ChatAsync("output=1", ""","max_tokens":10""");

        big.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        big.Headers.RetryAfter.ShouldBeNull();
        (await big.Content.ReadAsStringAsync()).ShouldContain("can never fit");
        small.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_call_refused_by_the_provider_costs_no_quota()
    {
        await using var provider = await SimulatedProviderServer.StartAsync(new SimulatedProviderOptions(), default);
        await using var gate = await StartAsync(
            provider,
            Limit(LimitMetric.Requests, 1, new CalendarWindow(CalendarUnit.Year))
        );

        using var refused = await gate.ChatAsync("error=400");
        using var passed = await gate.ChatAsync("id=x error=500 fail_times=2 output=1");
        using var spent = await gate.ChatAsync("output=1");

        (refused.StatusCode, passed.StatusCode, spent.StatusCode).ShouldBe(
            (HttpStatusCode.BadRequest, HttpStatusCode.OK, HttpStatusCode.TooManyRequests)
        );
    }

    [Fact]
    public async Task Answers_say_how_the_callers_rate_limits_stand()
    {
        await using var provider = await SimulatedProviderServer.StartAsync(new SimulatedProviderOptions(), default);
        var requests = Limit(LimitMetric.Requests, 10, new CalendarWindow(CalendarUnit.Year)) with { Id = "requests" };
        var fewer = Limit(LimitMetric.Requests, 5, new CalendarWindow(CalendarUnit.Year)) with { Id = "fewer" };
        var tokens = Limit(LimitMetric.TotalTokens, 100_000, new RollingWindow(TimeSpan.FromMinutes(1))) with
        {
            Id = "tokens",
        };
        await using var gate = await StartAsync(provider, requests, fewer, tokens);

        using var answer = await gate.PostAsync(
            "/v1/messages",
            """{"model":"claude-sonnet-4-5","max_tokens":50,"messages":[{"role":"user","content":"x"}]}""",
            ("x-api-key", "k")
        );

        string Header(string name) => answer.Headers.GetValues(name).ShouldHaveSingleItem();
        (Header("x-ratelimit-limit-requests"), Header("x-ratelimit-remaining-requests")).ShouldBe(("5", "4"));
        Header("x-ratelimit-reset-requests").ShouldMatch("^[0-9]+s$");
        Header("x-ratelimit-limit-tokens").ShouldBe("100000");
        int.Parse(Header("anthropic-ratelimit-tokens-remaining"), CultureInfo.InvariantCulture)
            .ShouldBeInRange(99_000, 99_950);
        DateTimeOffset
            .Parse(Header("anthropic-ratelimit-requests-reset"), CultureInfo.InvariantCulture)
            .ShouldBeGreaterThan(DateTimeOffset.UnixEpoch);
    }

    [Fact]
    public async Task A_soft_limit_marks_what_is_beyond_it_and_a_shadow_limit_nothing()
    {
        await using var provider = await SimulatedProviderServer.StartAsync(new SimulatedProviderOptions(), default);
        var soft = Limit(LimitMetric.Requests, 1, new CalendarWindow(CalendarUnit.Year)) with
        {
            Id = "soft",
            Name = "soft",
            Mode = LimitMode.Soft,
        };
        var shadow = soft with { Id = "shadow", Name = "shadow", Mode = LimitMode.Shadow };
        await using var gate = await StartAsync(provider, soft, shadow);

        using var first = await gate.ChatAsync("output=1");
        await gate.Admission.RenewAsync();
        using var second = await gate.ChatAsync("output=1");

        first.Headers.Contains("x-tollgate-soft-limit").ShouldBeFalse();
        second.StatusCode.ShouldBe(HttpStatusCode.OK);
        second.Headers.GetValues("x-tollgate-soft-limit").ShouldBe(["soft"]);
    }

    private static Limit Limit(LimitMetric metric, Int128 amount, LimitWindow window) =>
        new()
        {
            Id = "limit",
            Name = "limit",
            Metric = metric,
            Window = window,
            Amount = amount,
        };

    private static Task<InProcessGateway> StartAsync(SimulatedProviderServer provider, params Limit[] limits) =>
        InProcessGateway.StartAsync(
            new GatewayOptions { Routing = InProcessGateway.RoutingTo(provider.BaseAddress) },
            limits: limits
        );

    private static async Task SpendAsync(InProcessGateway gate, int caller)
    {
        var random = new Random(caller);
        while (true)
        {
            using var answer = await gate.ChatAsync(
                $"output={random.Next(3000)}",
                ""","max_tokens":3000""" + (random.Next(2) == 0 ? ""","stream":true""" : "")
            );
            await answer.Content.ReadAsByteArrayAsync();
            if (answer.StatusCode == HttpStatusCode.TooManyRequests)
                return;
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }
}
