using System.Net;
using Tollgate.Operations.Jobs;

namespace Tollgate.Api.Tests.Jobs;

/// <summary>Jobs that are too many, and jobs of a program that was stopped.</summary>
public sealed class JobBoundsTests
{
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
}
