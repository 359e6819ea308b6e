using System.Globalization;
using System.Net;
using System.Text.Json;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;
using Tollgate.Operations.Collectors.Sources;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Api.Tests.Compatibility;

/// <summary>OpenAI's reports have exactly the usage of the ledger.</summary>
public sealed class OpenAIUsageTests(LedgerHost ledger) : IClassFixture<LedgerHost>
{
    [Theory]
    [InlineData("1d", 7)]
    [InlineData("1d", 31)]
    [InlineData("1h", 168)]
    [InlineData("1m", 1440)]
    public async Task Adds_up_to_the_ledger_over_all_pages(string width, int limit)
    {
        var completions = await ReadAsync($"usage/completions?bucket_width={width}&limit={limit}&group_by=model");
        var embeddings = await ReadAsync($"usage/embeddings?bucket_width={width}&limit={limit}&group_by[]=model");
        var (_, summary) = await ledger.Host.GetAsync("/api/v1/summary?range=30d", ledger.Root);

        var results = completions
            .Concat(embeddings)
            .SelectMany(static bucket => bucket.GetProperty("results").EnumerateArray())
            .ToList();
        results
            .Sum(static result => result.GetProperty("num_model_requests").GetInt64())
            .ShouldBe(LedgerHost.RecordCount);
        var tokens = results.Sum(static result => Sum(result, "input_tokens", "output_tokens"));
        tokens.ShouldBe(summary.GetProperty("totals").GetProperty("tokens").GetProperty("total_tokens").GetInt64());
        results.Select(static result => result.GetProperty("model").GetString()).ShouldNotContain((string?)null);
        results.ShouldAllBe(static result => result.GetProperty("project_id").ValueKind == JsonValueKind.Null);
    }

    [Fact]
    public async Task Has_buckets_without_gaps_also_where_there_is_no_usage()
    {
        var buckets = await ReadAsync("usage/moderations?bucket_width=1d&limit=2");

        buckets.Count.ShouldBeInRange(20, 22);
        buckets
            .Zip(buckets.Skip(1))
            .ShouldAllBe(static pair =>
                pair.First.GetProperty("end_time").GetInt64() == pair.Second.GetProperty("start_time").GetInt64()
            );
        buckets.ShouldAllBe(static bucket => bucket.GetProperty("results").GetArrayLength() == 0);
    }

    [Fact]
    public async Task Filters_and_groups_by_several_properties()
    {
        var buckets = await ReadAsync(
            $"usage/completions?limit=31&group_by=api_key_id&group_by=model&api_key_ids={ledger.Ids[0]}"
                + "&models=gpt-4o&models=gpt-4o-mini"
        );

        var results = buckets.SelectMany(static bucket => bucket.GetProperty("results").EnumerateArray()).ToList();
        results.ShouldNotBeEmpty();
        results.ShouldAllBe(result => result.GetProperty("api_key_id").GetString() == ledger.Ids[0]);
        results
            .Select(static result => result.GetProperty("model").GetString())
            .Distinct()
            .Order()
            .ShouldBe(["gpt-4o", "gpt-4o-mini"]);
    }

    [Theory]
    [InlineData("usage/completions", "start_time is missing")]
    [InlineData("usage/completions?start_time=1&end_time=1", "end_time must be later")]
    [InlineData("usage/completions?start_time=1&bucket_width=1h&limit=169", "limit must be from 1 to 168")]
    [InlineData("usage/completions?start_time=1&page=page_5", "next_page")]
    [InlineData("usage/completions?start_time=1&group_by=batch", "group_by must be one of")]
    [InlineData("costs?start_time=1&bucket_width=1h", "bucket_width must be one of 1d")]
    public async Task Refuses_what_it_cannot_report(string path, string message)
    {
        var (status, body) = await ledger.Host.GetAsync("/v1/organization/" + path, ledger.Root);

        status.ShouldBe(HttpStatusCode.BadRequest);
        body.GetProperty("error").GetProperty("message").GetString()!.ShouldContain(message);
        body.GetProperty("error").GetProperty("code").GetString().ShouldBe("400");
        body.GetProperty("error").GetProperty("type").GetString().ShouldBe("invalid_request_error");
    }

    [Fact]
    public async Task Reports_exactly_the_usage_and_the_cost_of_the_ledger_to_our_own_collector()
    {
        var token = await ledger.CreateServiceTokenAsync("collector", "usage:read");
        using var folder = new Tollgate.Testing.TemporaryFolder();
        await using var workspace = new Workspace(
            new WorkspaceOptions { Ledger = new LedgerOptions { DataFolder = folder.Path } }
        );
        var to = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(1);

        var lines = await new CollectorOperations(workspace).CollectAsync(
            new CollectRequest
            {
                Provider = "openai",
                From = to.AddDays(-45),
                To = to,
                FindVariable = name => name == "OPENAI_ADMIN_KEY" ? token : null,
                BaseUrl = ledger.Host.Address,
            },
            default
        );

        var totals = await ledger.Host.Ledger.Query.TotalsAsync(UsagePeriod.All);
        lines.Sum(static line => line.Requests ?? 0).ShouldBe(totals.Calls);
        lines.Sum(static line => line.Usage.InputTokens).ShouldBe(totals.Usage.InputTokens);
        lines.Sum(static line => line.Usage.OutputTokens).ShouldBe(totals.Usage.OutputTokens);
        lines.Sum(static line => line.Usage[UsageKind.InputAudio]).ShouldBe(totals.Usage[UsageKind.InputAudio]);
        lines.Sum(static line => line.Cost?.Usd ?? 0).ShouldBe(totals.Cost.Usd);
    }

    [Fact]
    public async Task Refuses_a_virtual_key()
    {
        var (status, _) = await ledger.Host.GetAsync("/v1/organization/costs?start_time=1", ledger.Secrets[0]);

        status.ShouldBe(HttpStatusCode.Forbidden);
    }

    private async Task<IReadOnlyList<JsonElement>> ReadAsync(string path)
    {
        var start = new DateTimeOffset(DateTimeOffset.UtcNow.Date, TimeSpan.Zero).AddDays(-20).ToUnixTimeSeconds();
        var buckets = new List<JsonElement>();
        string? page = null;
        do
        {
            var (status, body) = await ledger.Host.GetAsync(
                string.Create(CultureInfo.InvariantCulture, $"/v1/organization/{path}&start_time={start}")
                    + (page is null ? "" : "&page=" + page),
                ledger.Root
            );
            status.ShouldBe(HttpStatusCode.OK, body.ToString());
            buckets.AddRange(body.GetProperty("data").EnumerateArray());
            page = body.GetProperty("next_page").GetString();
            body.GetProperty("has_more").GetBoolean().ShouldBe(page is not null);
        } while (page is not null);

        return buckets;
    }

    private static long Sum(JsonElement result, params string[] names) =>
        names.Sum(name => result.TryGetProperty(name, out var value) ? value.GetInt64() : 0);
}
