using Microsoft.AspNetCore.Http;
using Tollgate.Metering.Usage;
using Tollgate.Operations.Collectors;
using Tollgate.Operations.Collectors.Anthropic;
using Tollgate.Operations.Collectors.Google;
using Tollgate.Operations.Collectors.OpenAI;
using Tollgate.Testing;

namespace Tollgate.Tests.Collectors;

/// <summary>Reports as the providers send them, from a real server.</summary>
public sealed class ReportCollectorTests : IDisposable
{
    private static readonly DateOnly First = new(2026, 10, 1);

    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _time = new(new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task OpenAIs_usage_comes_in_pages_with_days_that_have_none()
    {
        await using var server = await ReportServer.StartAsync(Completions);
        var lines = await CollectAsync(server, 3, new OpenAIUsageReport("completions"));

        lines
            .Select(line => (line.Day.Day, line.Model, line.Key, line.Project, line.Requests))
            .ShouldBe([
                (1, "gpt-4o-mini-2024-07-18", "key_abc", "proj_abc", 5L),
                (3, "gpt-5", "key_abc", "proj_abc", 1L),
            ]);
        lines[0]
            .Usage.ShouldBe(
                new TokenUsage
                {
                    [UsageKind.InputText] = 1000,
                    [UsageKind.CacheRead] = 4000,
                    [UsageKind.InputAudio] = 300,
                    [UsageKind.OutputText] = 1000,
                    [UsageKind.OutputAudio] = 200,
                }
            );
        lines.ShouldAllBe(line => line.Cost == null);
        server
            .Asked.First()
            .ShouldStartWith(
                "/v1/organization/usage/completions?start_time=1790812800&end_time=1791072000&bucket_width=1d&limit=31"
            );
        server.Asked.Last().ShouldContain("&page=page_AAAAAGdGxdEiJdKOAAAAAGcqsYA%3D");
    }

    [Fact]
    public async Task Costs_are_exact_dollars_and_cents_are_divided()
    {
        await using var openai = await ReportServer.StartAsync(context =>
            ReportServer.SendAsync(context, RecordedReports.OpenAICosts)
        );
        (await CollectAsync(openai, 1, new OpenAICostReport()))
            .Select(line => (line.Model, line.Cost!.Value.Usd))
            .ShouldBe([("gpt-4o-mini-2024-07-18", 0.06m), ("web search tool calls", 0.0000125m)]);
        await using var anthropic = await ReportServer.StartAsync(context =>
            ReportServer.SendAsync(context, RecordedReports.AnthropicCosts)
        );
        (await CollectAsync(anthropic, 1, new AnthropicCostReport()))
            .Select(line => (line.Model, line.Cost!.Value.Usd))
            .ShouldBe([("claude-opus-4-5", 1.2378912m), ("Web Search Usage", 0.1m)]);
    }

    [Fact]
    public async Task Anthropics_parts_of_the_input_are_disjoint()
    {
        await using var server = await ReportServer.StartAsync(context =>
            ReportServer.SendAsync(context, RecordedReports.AnthropicMessages)
        );
        var line = (await CollectAsync(server, 1, new AnthropicUsageReport())).Single();

        line.Usage.InputTokens.ShouldBe(3200);
        line.Usage.CachedTokens.ShouldBe(200);
        line.Usage[UsageKind.CacheWrite1h].ShouldBe(1000);
        line.Usage[UsageKind.ToolUse].ShouldBe(10);
        line.Requests.ShouldBeNull();
    }

    [Fact]
    public async Task Googles_series_are_read_over_all_pages()
    {
        await using var server = await ReportServer.StartAsync(Tokens);
        var lines = await CollectAsync(server, 1, new GoogleMetricReport("acme", GoogleMetricReport.Tokens));

        lines
            .Select(line => (line.Model, line.Usage.InputTokens, line.Usage.OutputTokens))
            .ShouldBe([("gemini-2.5-flash", 1200L, 0L), ("gemini-2.5-flash", 0L, 34L)]);
        server.Asked.Last().ShouldContain("&pageToken=CAEQ");
    }

    [Fact]
    public void A_billing_export_gives_models_tokens_and_dollars()
    {
        var lines = BillingExportReader.Read(new StringReader(RecordedReports.BillingExportReader));
        lines
            .Select(line => (line.Day.Day, line.Model, line.Usage.TotalTokens, line.Cost!.Value.Usd))
            .ShouldBe([
                (1, "gemini-2.5-flash", 1_000_000L, 0.30m),
                (1, "gemini-2.5-flash-lite", 2500L, 1m),
                (2, "gemini-2.5-pro", 0L, 0.10m),
            ]);
        Should
            .Throw<FormatException>(() => BillingExportReader.Read(new StringReader("sku,cost\n1,2")))
            .Message.ShouldContain("service_description is missing");
        var wrong = RecordedReports.BillingExportReader.Replace("0.92,EUR,0.92", "0.92,EUR,", StringComparison.Ordinal);
        Should
            .Throw<FormatException>(() => BillingExportReader.Read(new StringReader(wrong)))
            .Message.ShouldStartWith("line 3, column currency_conversion_rate: empty is not a rate");
    }

    [Fact]
    public async Task After_429_the_request_is_repeated_when_the_provider_allows_it()
    {
        var asked = 0;
        await using var server = await ReportServer.StartAsync(context =>
        {
            if (++asked > 2)
                return ReportServer.SendAsync(context, RecordedReports.OpenAICosts);
            context.Response.Headers.RetryAfter = "0";
            return ReportServer.SendAsync(context, "{}", 429);
        });
        (await CollectAsync(server, 1, new OpenAICostReport())).Count.ShouldBe(2);
        asked.ShouldBe(3);
    }

    [Fact]
    public async Task A_refusal_names_address_status_and_remedy_but_no_secret()
    {
        await using var server = await ReportServer.StartAsync(context =>
            ReportServer.SendAsync(
                context,
                """{"error":{"message":"Incorrect API key provided: sk-admin-secret."}}""",
                401
            )
        );
        var exception = await Should.ThrowAsync<CollectorException>(CollectAsync(server, 1, new OpenAICostReport()));

        exception.Message.ShouldStartWith(
            $"{server.Url}v1/organization/costs responded with 401 (Incorrect API key provided: …). OPENAI_ADMIN_KEY "
                + $"must hold an admin key"
        );
        exception.ToString().ShouldNotContain("sk-admin-secret");
        server.Asked.Count.ShouldBe(1, "asking again cannot help");
    }

    [Fact]
    public async Task A_provider_that_asks_for_an_hour_is_not_waited_for()
    {
        await using var server = await ReportServer.StartAsync(context =>
        {
            context.Response.Headers.RetryAfter = "3600";
            return ReportServer.SendAsync(context, "{}", 429);
        });
        (
            await Should.ThrowAsync<CollectorException>(CollectAsync(server, 1, new OpenAICostReport()))
        ).Message.ShouldContain("run the same command again later");
        server.Asked.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("completions")]
    [InlineData("costs")]
    [InlineData("messages")]
    [InlineData("cost_report")]
    [InlineData("tokens")]
    public async Task An_answer_cut_at_any_byte_is_an_error(string kind)
    {
        (IReport report, string whole) = kind switch
        {
            "completions" => ((IReport)new OpenAIUsageReport("completions"), RecordedReports.OpenAICompletions2),
            "costs" => (new OpenAICostReport(), RecordedReports.OpenAICosts),
            "messages" => (new AnthropicUsageReport(), RecordedReports.AnthropicMessages),
            "cost_report" => (new AnthropicCostReport(), RecordedReports.AnthropicCosts),
            _ => (new GoogleMetricReport("acme", "token_count"), RecordedReports.GoogleTokens2),
        };
        var length = 0;
        await using var server = await ReportServer.StartAsync(context =>
            ReportServer.SendAsync(context, whole[..length])
        );
        for (; length < whole.Length; length++)
            await Should.ThrowAsync<CollectorException>(CollectAsync(server, 3, report), $"cut at {length}");
        (await CollectAsync(server, 3, report)).ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("""{"data":[],"has_more":true,"next_page":null}""", "no 'next_page'")]
    [InlineData("""{"data":[],"has_more":true,"next_page":"again"}""", "leads back")]
    [InlineData("""{"data":[]}""", "'has_more' is missing")]
    [InlineData("""{"data":{},"has_more":false}""", "not a list")]
    [InlineData("""[]""", "an object with 'data'")]
    [InlineData(
        """{"data":[{"start_time":1790812800,"results":[{"input_tokens":-1}]}],"has_more":false}""",
        "'input_tokens' is -1"
    )]
    [InlineData(
        """
            {"data":[{"start_time":1790812800,"results":[{"input_tokens":1,"input_cached_tokens":2}]}],
             "has_more":false}
            """,
        "which include them"
    )]
    [InlineData("""{"data":[{"start_time":99999999999999,"results":[]}],"has_more":false}""", "out of range")]
    public async Task A_response_that_is_not_the_report_is_an_error(string answer, string error)
    {
        await using var server = await ReportServer.StartAsync(context => ReportServer.SendAsync(context, answer));
        (
            await Should.ThrowAsync<CollectorException>(CollectAsync(server, 1, new OpenAIUsageReport("completions")))
        ).Message.ShouldContain(error);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_an_error()
    {
        await using var server = await ReportServer.StartAsync(async context =>
        {
            context.Response.ContentLength = 1000;
            await context.Response.WriteAsync("{");
            context.Abort();
        });
        (
            await Should.ThrowAsync<CollectorException>(CollectAsync(server, 1, new OpenAICostReport()))
        ).Message.ShouldContain("could not be reached");
        server.Asked.Count.ShouldBe(3);
    }

    [Fact]
    public async Task An_interrupted_run_continues_at_the_day_where_it_stopped()
    {
        var isBroken = true;
        await using var server = await ReportServer.StartAsync(context =>
            isBroken && context.Request.Query.ContainsKey("page")
                ? ReportServer.SendAsync(context, "{}", 400)
                : Completions(context)
        );
        await Should.ThrowAsync<CollectorException>(CollectAsync(server, 3, new OpenAIUsageReport("completions")));
        isBroken = false;
        server.Asked.Clear();

        (await CollectAsync(server, 3, new OpenAIUsageReport("completions"))).Count.ShouldBe(2);
        server
            .Asked.First()
            .ShouldContain(
                "start_time=1790899200",
                customMessage: "the first day is kept; the second could have gone on on the next page"
            );
    }

    [Fact]
    public async Task Days_that_are_final_are_asked_for_once_and_others_each_time()
    {
        var early = new ManualTimeProvider(new DateTimeOffset(2026, 10, 4, 1, 0, 0, TimeSpan.Zero));
        await using var server = await ReportServer.StartAsync(Completions);
        (await CollectAsync(server, 3, new OpenAIUsageReport("completions"), early)).Count.ShouldBe(2);
        server.Asked.Clear();
        (await CollectAsync(server, 3, new OpenAIUsageReport("completions"), early)).Count.ShouldBe(2);
        server
            .Asked.First()
            .ShouldContain("start_time=1790899200", customMessage: "only the first of October ended 48 hours ago");

        await CollectAsync(server, 3, new OpenAIUsageReport("completions"));
        server.Asked.Clear();
        (await CollectAsync(server, 3, new OpenAIUsageReport("completions"))).Count.ShouldBe(2);
        server.Asked.ShouldBeEmpty();
        foreach (var file in Directory.EnumerateFiles(_folder.Path, "*.json", SearchOption.AllDirectories))
            File.WriteAllText(file, "[{");
        (await CollectAsync(server, 3, new OpenAIUsageReport("completions"))).Count.ShouldBe(
            2,
            "a file that is broken is asked for again"
        );
    }

    private static Task Completions(HttpContext context) =>
        ReportServer.SendAsync(
            context,
            context.Request.Query.ContainsKey("page") || context.Request.Query["start_time"] == "1790985600"
                ? RecordedReports.OpenAICompletions2
                : RecordedReports.OpenAICompletions1
        );

    private static Task Tokens(HttpContext context) =>
        ReportServer.SendAsync(
            context,
            context.Request.Query.ContainsKey("pageToken")
                ? RecordedReports.GoogleTokens2
                : RecordedReports.GoogleTokens1
        );

    private async Task<IReadOnlyList<ReportedUsage>> CollectAsync(
        ReportServer server,
        int days,
        IReport report,
        TimeProvider? time = null
    )
    {
        var access = new ReportAccess("openai", server.Url, "OPENAI_ADMIN_KEY", "sk-admin-secret");
        using var client = new ReportClient(access, time ?? _time, TimeSpan.Zero);
        return await new ReportCollector(
            client,
            [report],
            DayCache.For(_folder.Path, access, time ?? _time)
        ).CollectAsync(First, First.AddDays(days), TestContext.Current.CancellationToken);
    }
}
