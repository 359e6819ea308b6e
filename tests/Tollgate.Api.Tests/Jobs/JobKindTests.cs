using System.Net;
using System.Text.Json;

namespace Tollgate.Api.Tests.Jobs;

/// <summary>Each kind of job, from its start to its result.</summary>
public sealed class JobKindTests(JobHost host) : IClassFixture<JobHost>
{
    private const string Days = "\"start_date\": \"2026-10-01\", \"end_date\": \"2026-10-02\"";

    [Fact]
    public async Task Simulates_mechanisms()
    {
        var result = await RunAsync("simulation", """{"n_simulations": 200, "seed": 7}""");

        result.GetProperty("report").GetProperty("trials").GetInt32().ShouldBe(200);
        result
            .GetProperty("report")
            .GetProperty("plans")
            .EnumerateArray()
            .Select(static plan => plan.GetProperty("plan").GetString())
            .ShouldBe(["per_token", "bundle", "hybrid", "cached", "outcome", "dynamic", "tiered", "prepaid"]);
    }

    [Fact]
    public async Task Simulates_the_usage_of_the_ledger_within_the_reach_of_the_sender()
    {
        const string Body = """{"n_simulations": 200, "data_source": "ledger", "mechanisms": ["per_token"]}""";

        var all = await RunAsync("simulation", Body);
        var own = await RunAsync("simulation", Body, "otto");

        GetNote(all).ShouldContain("2 users");
        GetNote(own).ShouldContain("1 users");

        static string GetNote(JsonElement result) => result.GetProperty("notes")[0].GetString()!;
    }

    [Fact]
    public async Task Analyzes_columns_and_the_ledger()
    {
        var given = await RunAsync(
            "analysis",
            """{"data": {"input_tokens": [1, 2, 4, 8, 16, 33], "output_tokens": [2, 1, 5, 9, 14, 40]}, "rounds": 19}"""
        );
        var input = given.GetProperty("distributions").GetProperty("input_tokens");
        input.GetProperty("best_fit").GetString().ShouldNotBeNull();
        input.GetProperty("validation").GetProperty("ks_pvalue").GetDouble().ShouldBeInRange(0, 1);
        input.GetProperty("statistics").GetProperty("mean").GetDouble().ShouldBe(64 / 6.0, 1e-9);
        given.GetProperty("correlations").GetProperty("kendall").GetDouble().ShouldBeGreaterThan(0.8);

        var ledger = await RunAsync("analysis", """{"ledger_columns": ["input_tokens"], "rounds": 0}""", "otto");
        ledger.GetProperty("values").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task Collects_reports_and_uses_them()
    {
        var job = await host.WaitAsync(
            host.Root,
            await host.StartAsync(host.Root, "collection", $$"""{"providers": ["openai"], {{Days}}}""")
        );
        var id = job.GetProperty("id").GetString();
        var result = Parse(
            await host.GetTextAsync(host.Root, job.GetProperty("result").GetProperty("href").GetString()!)
        );

        result.GetProperty("records").GetInt32().ShouldBe(2);
        result.GetProperty("statistics").GetProperty("total_tokens").GetInt64().ShouldBe(6100);
        host.Reports.Credentials.ShouldContain($"Bearer {JobHost.AdminKey}");

        var simulated = await RunAsync(
            "simulation",
            $$"""{"n_simulations": 100, "data_source": "collection", "collection_id": "{{id}}"}"""
        );
        simulated.GetProperty("notes")[0].GetString()!.ShouldContain("2 users");
        simulated
            .GetProperty("report")
            .GetProperty("usage")
            .GetProperty("input_tokens")
            .GetDouble()
            .ShouldBe(5070, 1500);
        var analyzed = await RunAsync("analysis", $$"""{"collection_id": "{{id}}", "rounds": 0}""");
        analyzed.GetProperty("values").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task Analyzes_the_flows_of_a_file()
    {
        using var response = await host.UploadAsync(
            host.Tokens["otto"],
            "?percentile=50,90",
            """
            flow_id,created_at,finished_at,status,type,tokens_in,tokens_out
            1,2024-01-01T12:34:00Z,2024-01-01T12:34:20Z,SUCCESS,chat,1000,100
            2,2024-01-01T12:35:00Z,2024-01-01T12:36:00Z,SUCCESS,chat,3000,300
            """
        );
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        response.Headers.Location!.ToString().ShouldStartWith("/api/v1/jobs/");
        var job = await host.WaitAsync(host.Tokens["otto"], Parse(await response.Content.ReadAsStringAsync()));
        job.GetProperty("status").GetString().ShouldBe("succeeded", job.ToString());
        var result = Parse(
            await host.GetTextAsync(host.Tokens["otto"], job.GetProperty("result").GetProperty("href").GetString()!)
        );

        result.GetProperty("rows").GetInt32().ShouldBe(2);
        result.GetProperty("peak").GetProperty("tokens").GetInt32().ShouldBe(3300);
        result.GetProperty("types")[0].GetProperty("percentile_cost").GetProperty("50").GetDecimal().ShouldBe(0.007m);
        Directory.EnumerateFiles(Path.Combine(host.Host.DataFolder, "jobs"), "*.upload").ShouldBeEmpty();
    }

    [Fact]
    public async Task Compares_the_ledger_with_a_report()
    {
        var result = await RunAsync("reconciliation", $$"""{"provider": "openai", {{Days}}}""");

        result.GetProperty("is_match").GetBoolean().ShouldBeFalse();
        result.GetProperty("comparison").GetProperty("cells").GetArrayLength().ShouldBeGreaterThan(0);
        result.GetProperty("corrections").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Theory]
    [InlineData("root", 3)]
    [InlineData("otto", 2)]
    [InlineData("mia", 0)]
    public async Task Exports_the_records_within_the_reach_of_the_sender(string sender, int records)
    {
        var text = await host.RunAsync(
            host.Tokens[sender],
            "export",
            """{"format": "jsonl", "from": "2026-10-01", "to": "2026-10-02"}"""
        );

        text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(records);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("parquet")]
    [InlineData("focus")]
    [InlineData("focus-jsonl")]
    [InlineData("focus-parquet")]
    public async Task Exports_every_format(string format)
    {
        var text = await host.RunAsync(
            host.Root,
            "export",
            $$"""{"format": "{{format}}", "from": "2026-10-01", "to": "2026-10-02"}"""
        );

        text.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Exports_the_records_that_match_a_filter()
    {
        var text = await host.RunAsync(
            host.Root,
            "export",
            """
            {"format": "csv", "from": "2026-10-01", "to": "2026-10-02",
             "filters": [{"field": "user", "operator": "in", "values": ["ann", "bob"]}]}
            """
        );

        text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(2); // With the header.
    }

    [Fact]
    public async Task Previews_a_rerating()
    {
        var result = await RunAsync("rerate", """{"dry_run": true}""");

        result.GetProperty("is_recorded").GetBoolean().ShouldBeFalse();
        result.GetProperty("corrections").GetInt64().ShouldBe(0);
    }

    private async Task<JsonElement> RunAsync(string kind, string body, string sender = "root") =>
        Parse(await host.RunAsync(host.Tokens[sender], kind, body));

    private static JsonElement Parse(string text)
    {
        using var json = JsonDocument.Parse(text);
        return json.RootElement.Clone();
    }
}
