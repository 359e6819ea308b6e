using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Tollgate.Identity.Permissions;

namespace Tollgate.Api.Tests.Jobs;

/// <summary>Jobs that exist: who sees them, how they are watched and canceled, and what is refused.</summary>
public sealed class JobRouteTests(JobHost host) : IClassFixture<JobHost>
{
    /// <summary>Minutes of work.</summary>
    private const string Long = """
        {"scenario": {"trials": 1000000, "months": 120,
         "workload": {"users": 50, "requests": {"family": "lognormal", "mean": 600, "cv": 1},
                      "inputTokens": {"family": "lognormal", "mean": 1800, "cv": 1}},
         "plans": [{"kind": "per-token", "name": "a", "rates": {"input": 1, "output": 2}}]}}
        """;

    [Fact]
    public async Task Streams_the_changes_of_a_job_until_it_has_ended()
    {
        var job = await host.StartAsync(host.Root, "simulation", """{"n_simulations": 2000, "seed": 1}""");
        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            $"/api/v1/jobs/{job.GetProperty("id").GetString()}/events"
        );
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", host.Root);
        using var response = await host.Host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        response.Headers.GetValues("X-Accel-Buffering").ShouldBe(["no"]);
        var events = (await response.Content.ReadAsStringAsync()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        events[0].ShouldStartWith("id: 1\nevent: ");
        events[^1].ShouldStartWith($"id: {events.Length}\nevent: end\ndata: ");
        using var last = JsonDocument.Parse(events[^1].Split("data: ")[1]);
        last.RootElement.GetProperty("status").GetString().ShouldBe("succeeded");
    }

    [Fact]
    public async Task Cancels_a_job()
    {
        var job = await host.StartAsync(host.Root, "simulation", Long);
        var path = $"/api/v1/jobs/{job.GetProperty("id").GetString()}";
        (await host.Host.GetAsync(path + "/result", host.Root)).Status.ShouldBe(HttpStatusCode.Conflict);

        var canceled = await host.Host.SendAsync(HttpMethod.Delete, path, host.Root);

        canceled.Status.ShouldBe(HttpStatusCode.Accepted, canceled.Body.ToString());
        (await host.WaitAsync(host.Root, job)).GetProperty("status").GetString().ShouldBe("canceled");
        var again = await host.Host.SendAsync(HttpMethod.Delete, path, host.Root);
        again.Status.ShouldBe(HttpStatusCode.Conflict);
        var result = await host.Host.GetAsync(path + "/result", host.Root);
        result.Status.ShouldBe(HttpStatusCode.Conflict);
        result.Body.GetProperty("detail").GetString()!.ShouldContain("was canceled");
        var trail = await host.Host.GetAsync("/api/v1/audit?target=" + path[13..], host.Root);
        trail
            .Body.GetProperty("data")
            .EnumerateArray()
            .Select(static entry => entry.GetProperty("action").GetString())
            .ShouldBe(["job.cancel", "job.start"]);
    }

    [Fact]
    public async Task Shows_a_sender_its_own_jobs_only()
    {
        var own = await host.StartAsync(host.Tokens["otto"], "simulation", """{"n_simulations": 100}""");
        var path = $"/api/v1/jobs/{own.GetProperty("id").GetString()}";
        await host.WaitAsync(host.Tokens["otto"], own);

        foreach (var route in (string[])["", "/result", "/events"])
            (await host.Host.GetAsync(path + route, host.Tokens["mia"])).Status.ShouldBe(HttpStatusCode.NotFound);
        (await host.Host.SendAsync(HttpMethod.Delete, path, host.Tokens["mia"])).Status.ShouldBe(
            HttpStatusCode.NotFound
        );
        (await ListAsync("mia")).ShouldNotContain(own.GetProperty("id").GetString());
        (await ListAsync("otto")).ShouldContain(own.GetProperty("id").GetString());
        (await ListAsync("vera")).ShouldContain(own.GetProperty("id").GetString());
        (await host.Host.GetAsync(path + "/result", host.Tokens["vera"])).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Demands_the_right_to_the_data_for_a_result()
    {
        var (status, body) = await host.Host.PostAsync(
            "/api/v1/service-tokens",
            host.Root,
            $$"""{"name": "jobs-only", "permissions": ["{{Permission.JobsRead.ToName()}}"]}"""
        );
        status.ShouldBe(HttpStatusCode.Created, body.ToString());
        var token = body.GetProperty("secret").GetString()!;
        var job = await host.WaitAsync(host.Root, await host.StartAsync(host.Root, "export", """{"range": "today"}"""));

        var path = $"/api/v1/jobs/{job.GetProperty("id").GetString()}";
        (await host.Host.GetAsync(path, token)).Status.ShouldBe(HttpStatusCode.OK);
        var result = await host.Host.GetAsync(path + "/result", token);

        result.Status.ShouldBe(HttpStatusCode.Forbidden);
        result.Body.GetProperty("detail").GetString()!.ShouldContain("calls:read");
    }

    [Fact]
    public async Task Pages_through_jobs_newest_first()
    {
        for (var count = 0; count < 3; count++)
            await host.WaitAsync(host.Root, await host.StartAsync(host.Root, "rerate", """{"dry_run": true}"""));

        var first = await host.Host.GetAsync("/api/v1/jobs?kind=rerate&limit=2&status=succeeded", host.Root);
        var next = first.Body.GetProperty("page").GetProperty("next").GetString();
        var second = await host.Host.GetAsync($"/api/v1/jobs?kind=rerate&limit=2&after={next}", host.Root);

        var ids = Ids(first.Body).Concat(Ids(second.Body)).ToList();
        ids.Distinct().Count().ShouldBe(ids.Count);
        ids.ShouldBe(ids.OrderDescending(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("simulation", """{"mechanisms": ["per_tokn"]}""", "/mechanisms")]
    [InlineData("simulation", """{"mechanisms": ["hybrid", "hybrid_seat"]}""", "/mechanisms")]
    [InlineData("simulation", """{"n_simulations": 1}""", "/n_simulations")]
    [InlineData("simulation", """{"n_simulations": 1000000000}""", "/n_simulations")]
    [InlineData("simulation", """{"seed": -1}""", "/seed")]
    [InlineData("simulation", """{"months": 0}""", "/months")]
    [InlineData("simulation", """{"baseline": "none"}""", "/baseline")]
    [InlineData("simulation", """{"scenario": {"workload": {"users": -1}, "plans": []}}""", "/scenario")]
    [InlineData("simulation", """{"scenario": "a: [", "months": 1}""", "/scenario")]
    [InlineData(
        "simulation",
        """
        {
          "scenario": {
            "months": 2, "workload": {"users": 60000}, "plans": [{"kind": "flat", "name": "a", "fee": 1}]
          }
        }
        """,
        "/scenario"
    )]
    [InlineData("simulation", """{"plans": [{"kind": "bundel", "name": "a"}]}""", "/plans")]
    [InlineData("simulation", """{"data_source": "elsewhere"}""", "/data_source")]
    [InlineData("simulation", """{"data_source": "collection"}""", "/collection_id")]
    [InlineData("simulation", """{"collection_id": "a"}""", "/collection_id")]
    [InlineData("simulation", """{"n_simulatons": 1000}""", "/n_simulatons")]
    [InlineData("simulation", """{"data_source": "ledger", "start_date": "soon"}""", "/start_date")]
    [InlineData("analysis", """{}""", "/data")]
    [InlineData("analysis", """{"data": {"a": [1, 2], "b": [1]}}""", "/data")]
    [InlineData("analysis", """{"data": {"a": [1, "x"]}}""", "/data/a/1")]
    [InlineData("analysis", """{"data": {"a": [1, 2]}, "rounds": 5}""", "/rounds")]
    [InlineData("analysis", """{"ledger_columns": ["secrets"]}""", "/ledger_columns")]
    [InlineData("collection", """{"start_date": "2026-10-02", "end_date": "2026-10-01"}""", "/end_date")]
    [InlineData("collection", """{"start_date": "20261001", "end_date": "2026-10-01"}""", "/start_date")]
    [InlineData(
        "collection",
        """{"providers": ["acme"], "start_date": "2026-10-01", "end_date": "2026-10-01"}""",
        "/providers"
    )]
    [InlineData(
        "collection",
        """{"providers": ["openai"], "start_date": "2026-10-01", "end_date": "2026-10-01", "base_url": "http://x"}""",
        "/base_url"
    )]
    [InlineData("export", """{"format": "xlsx"}""", "/format")]
    [InlineData("export", """{"format": "csv", "bucket": "hour"}""", "/bucket")]
    [InlineData("export", """{"range": "someday"}""", "/range")]
    [InlineData("export", """{"filters": [{"field": "color", "values": ["red"]}]}""", "/filters/0")]
    [InlineData("export", """{"format": "focus", "filters": [{"field": "user", "values": ["a"]}]}""", "/filter")]
    [InlineData("rerate", """{"start_date": "2026-10-02", "end_date": "2026-10-01"}""", "/end_date")]
    [InlineData(
        "reconciliation",
        """{"provider": "openai", "start_date": "2026-10-01", "end_date": "2026-10-01", "tolerance": "2"}""",
        "/tolerance"
    )]
    public async Task Refuses_a_wrong_body_and_names_the_field(string kind, string body, string pointer)
    {
        var (status, problem) = await host.Host.PostAsync($"/api/v1/jobs/{kind}", host.Root, body);

        status.ShouldBe(HttpStatusCode.BadRequest, problem.ToString());
        problem
            .GetProperty("errors")
            .EnumerateArray()
            .Select(static error => error.GetProperty("pointer").GetString())
            .ShouldContain(pointer, problem.ToString());
    }

    [Fact]
    public async Task Refuses_a_collection_without_a_key()
    {
        var (status, problem) = await host.Host.PostAsync(
            "/api/v1/jobs/collection",
            host.Root,
            """{"providers": ["anthropic"], "start_date": "2026-10-01", "end_date": "2026-10-01"}"""
        );

        status.ShouldBe(HttpStatusCode.Conflict);
        problem.GetProperty("detail").GetString()!.ShouldContain("ANTHROPIC_ADMIN_KEY");
    }

    [Fact]
    public async Task Refuses_an_upload_that_is_not_csv_or_empty_or_has_wrong_parameters()
    {
        using var json = await host.UploadAsync(host.Root, "", "{}", "application/json");
        json.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        using var empty = await host.UploadAsync(host.Root, "", "");
        empty.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var percentile = await host.UploadAsync(host.Root, "?percentile=101", "a");
        percentile.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var group = await host.UploadAsync(host.Root, "?by=color", "a");
        group.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        Directory.EnumerateFiles(Path.Combine(host.Host.DataFolder, "jobs"), "*.upload").ShouldBeEmpty();
    }

    [Fact]
    public async Task Refuses_an_upload_that_is_too_large_before_it_is_sent()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/jobs/flows");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", host.Root);
        request.Headers.ExpectContinue = true;
        request.Content = new ByteArrayContent(new byte[(256 * 1024 * 1024) + 1]);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");

        using var response = await host.Host.Client.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Fails_with_the_reason_for_a_file_without_the_columns()
    {
        using var response = await host.UploadAsync(host.Root, "", "a,b\n1,2\n");
        using var started = JsonDocument.Parse(await response.Content.ReadAsStringAsync());

        var job = await host.WaitAsync(host.Root, started.RootElement);

        job.GetProperty("status").GetString().ShouldBe("failed");
        var error = job.GetProperty("error");
        error.GetProperty("kind").GetString().ShouldBe("invalid");
        error.GetProperty("message").GetString()!.ShouldContain("flows.csv");
        error.GetProperty("message").GetString()!.ShouldNotContain(host.Host.DataFolder);
    }

    private async Task<List<string?>> ListAsync(string sender) =>
        Ids((await host.Host.GetAsync("/api/v1/jobs", host.Tokens[sender])).Body);

    private static List<string?> Ids(JsonElement page) =>
        [.. page.GetProperty("data").EnumerateArray().Select(static job => job.GetProperty("id").GetString())];
}
