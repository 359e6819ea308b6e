using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tollgate.Operations.Jobs;
using Tollgate.Testing;

namespace Tollgate.Api.Tests.Jobs;

/// <summary>Jobs that are too many, and jobs of a program that was stopped.</summary>
public sealed class JobBoundsTests
{
    private const string Flows =
        "flow_id,created_at,finished_at,status,type,region,user_id,org_id,tokens_in,tokens_out,llm_calls\n"
        + "1,2024-01-01 12:00:00,2024-01-01 12:01:00,done,a,eu,u,o,10,5,1\n";

    private const string Long = """{"n_simulations": 1000000, "months": 120}""";

    [Fact]
    public async Task Refuses_more_jobs_than_may_wait_and_marks_those_of_a_stopped_program_as_interrupted()
    {
        await using var host = new JobHost
        {
            Options = new JobOptions { MaxRunning = 1, MaxQueued = 1 },
        };
        await host.InitializeAsync();
        var running = await host.StartAsync(host.Root, "simulation", Long);
        var waiting = await host.StartAsync(host.Tokens["otto"], "simulation", Long);

        var refused = await host.Host.PostAsync("/api/v1/jobs/simulation", host.Root, Long);
        refused.Status.ShouldBe(HttpStatusCode.Conflict);
        refused.Body.GetProperty("detail").GetString()!.ShouldContain("cancel one");
        using var upload = await host.UploadAsync(host.Root, "", "a");
        upload.StatusCode.ShouldBe(HttpStatusCode.Conflict);

        await host.Host.StopAsync();
        await host.Host.StartAsync();

        foreach (var (sender, job) in new[] { ("root", running), ("otto", waiting) })
        {
            var ended = await host.WaitAsync(host.Tokens[sender], job);
            ended.GetProperty("status").GetString().ShouldBe("interrupted");
            var result = await host.Host.GetAsync(
                $"/api/v1/jobs/{job.GetProperty("id").GetString()}/result",
                host.Tokens[sender]
            );
            result.Status.ShouldBe(HttpStatusCode.Conflict);
            result.Body.GetProperty("detail").GetString()!.ShouldContain("interrupted");
        }
    }

    [Fact]
    public async Task Keeps_others_from_waiting_for_one_sender()
    {
        await using var host = new JobHost { Options = new JobOptions { MaxPerActor = 2 } };
        await host.InitializeAsync();
        await host.StartAsync(host.Tokens["otto"], "simulation", Long);
        await host.StartAsync(host.Tokens["otto"], "simulation", Long);

        var third = await host.Host.PostAsync("/api/v1/jobs/simulation", host.Tokens["otto"], Long);
        var other = await host.Host.PostAsync("/api/v1/jobs/simulation", host.Tokens["mia"], Long);

        third.Status.ShouldBe(HttpStatusCode.Conflict);
        other.Status.ShouldBe(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task Ends_jobs_whose_files_cannot_be_written_and_goes_on_when_they_can()
    {
        await using var host = new JobHost
        {
            Options = new JobOptions { MaxRunning = 1, MaxQueued = 1 },
        };
        await host.InitializeAsync();
        var folder = Path.Combine(host.Host.DataFolder, "jobs");
        var running = await host.StartAsync(host.Root, "simulation", Long);
        var waiting = await host.StartAsync(host.Root, "simulation", Long);

        // As on a full disk: nothing can be written.
        Directory.Move(folder, folder + ".away");
        foreach (var job in (JsonElement[])[waiting, running])
            await host.Host.SendAsync(HttpMethod.Delete, $"/api/v1/jobs/{job.GetProperty("id")}", host.Root);
        foreach (var job in (JsonElement[])[waiting, running])
            (await host.WaitAsync(host.Root, job)).GetProperty("status").GetString().ShouldBe("canceled");
        using var request = ApiHost.CreateRequest(HttpMethod.Post, "/api/v1/jobs/simulation", host.Root, Long);
        using var refused = await host.Host.Client.SendAsync(request);
        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        refused.Headers.RetryAfter.ShouldNotBeNull();

        Directory.Move(folder + ".away", folder);
        await host.RunAsync(host.Root, "analysis", """{"data": {"a": [1, 2, 3], "b": [3, 1, 2]}, "rounds": 0}""");
        await host.Host.StopAsync();
        await host.Host.StartAsync();
        (await host.WaitAsync(host.Root, running)).GetProperty("status").GetString().ShouldBe("canceled");
    }

    [Fact]
    public async Task Shows_the_job_of_another_process_that_has_died_as_interrupted()
    {
        await using var host = new JobHost();
        await host.InitializeAsync();
        var own = await host.StartAsync(host.Root, "simulation", Long);
        var (id, other) = (own.GetProperty("id").GetGuid(), Guid.CreateVersion7());
        var folder = Path.Combine(host.Host.DataFolder, "jobs");
        var stored = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, $"{id:N}.json")))!;
        (stored["id"], stored["owner"], stored["status"]) = (
            other.ToString(),
            Guid.CreateVersion7().ToString(),
            "running"
        );
        await File.WriteAllTextAsync(Path.Combine(folder, $"{other:N}.json"), stored.ToJsonString());

        var (_, job) = await host.Host.GetAsync($"/api/v1/jobs/{other}", host.Root);

        job.GetProperty("status").GetString().ShouldBe("interrupted");
        job.GetProperty("ended_at").ValueKind.ShouldBe(JsonValueKind.String);
        (await host.Host.GetAsync($"/api/v1/jobs/{id}", host.Root))
            .Body.GetProperty("status")
            .GetString()
            .ShouldNotBe("interrupted");
    }

    [Fact]
    public async Task Keeps_others_from_waiting_for_the_slow_files_of_one_sender()
    {
        await using var host = new JobHost { Options = new JobOptions { MaxPerActor = 2 } };
        await host.InitializeAsync();
        using var first = await SlowUpload.StartAsync(host.Host.Address, host.Tokens["otto"]);
        using var second = await SlowUpload.StartAsync(host.Host.Address, host.Tokens["otto"]);
        await Eventually.BecomesTrueAsync(async () =>
        {
            using var third = await host.UploadAsync(host.Tokens["otto"], "", Flows);
            return third.StatusCode == HttpStatusCode.Conflict;
        });

        using var other = await host.UploadAsync(host.Tokens["mia"], "", Flows);

        other.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        first.Dispose();
        await Eventually.BecomesTrueAsync(async () =>
        {
            using var again = await host.UploadAsync(host.Tokens["otto"], "", Flows);
            return again.StatusCode == HttpStatusCode.Accepted;
        });
    }
}
