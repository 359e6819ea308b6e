using System.Net;
using System.Text;
using Tollgate.Api.Tests.Jobs;
using Tollgate.Client;
using Tollgate.Client.Jobs;
using Tollgate.Client.Keys;
using Tollgate.Client.Limits;
using Tollgate.Client.Simulations;
using Tollgate.Client.Usage;

namespace Tollgate.Api.Tests.Clients;

/// <summary>The typed client against the program.</summary>
public sealed class ClientTests(JobHost host) : IClassFixture<JobHost>, IDisposable
{
    private static readonly UsageScope Days = new() { From = "2026-10-01", To = "2026-10-02" };

    private readonly TollgateClient _client = new(host.Host.Address, host.Root);

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Simulates_compares_recommends_and_draws()
    {
        var simulation = await _client.Simulations.SimulateAsync(
            new SimulationRequest
            {
                NSimulations = 300,
                Mechanisms = ["per_token", "bundle"],
                Seed = 5,
            }
        );

        simulation.Results.Keys.ShouldBe(["per_token", "bundle"]);
        simulation.Results["bundle"].P99.ShouldBeGreaterThanOrEqualTo(simulation.Results["bundle"].Median);
        var again = await _client.Simulations.GetResultAsync(simulation.SimulationId);
        again.Results["bundle"].ShouldBe(simulation.Results["bundle"]);
        var comparison = await _client.Simulations.CompareAsync(simulation.SimulationId);
        comparison.Plans.Select(static plan => plan.Rank).ShouldBe([1, 2]);
        var advice = await _client.Simulations.OptimizeAsync(
            simulation.SimulationId,
            new UserProfile { RiskTolerance = "low", UsageVolume = 1_000_000 }
        );
        advice.RecommendedMechanism.ShouldNotBeNull();
        advice.Mean!.Value.ShouldBeGreaterThan(0);
        advice.UserProfile.UsageVolume.ShouldBe(1_000_000);
        (await _client.Simulations.VisualizeAsync(simulation.SimulationId)).ShouldContain("<svg");
    }

    [Fact]
    public async Task Collects_and_analyzes()
    {
        var collection = await _client.Simulations.CollectAsync(
            new CollectionRequest("2026-10-01", "2026-10-02") { Providers = ["openai"] }
        );
        collection.Records.ShouldBe(2);
        collection.Statistics.TotalTokens.ShouldBe(6100);

        var analysis = await _client.Simulations.AnalyzeAsync(
            new AnalysisRequest { CollectionId = collection.CollectionId.ToString(), Rounds = 0 }
        );
        analysis.Distributions["input_tokens"].Statistics["mean"].ShouldBe(2535);
        analysis.Correlations.ShouldNotBeNull();
    }

    [Fact]
    public async Task Waits_for_a_job_with_its_progress_and_reads_its_result()
    {
        var job = await _client.Jobs.StartExportAsync(
            new ExportRequest
            {
                Format = "jsonl",
                From = "2026-10-01",
                To = "2026-10-02",
            }
        );
        var seen = new List<JobStatus>();

        var ended = await _client.Jobs.WaitAsync(job.Id, new Recorder(seen));

        ended.Status.ShouldBe(JobStatus.Succeeded);
        seen[^1].ShouldBe(JobStatus.Succeeded);
        using var result = new StreamReader(await _client.Jobs.OpenResultAsync(job.Id));
        (await result.ReadToEndAsync()).Trim().Split('\n').Length.ShouldBe(3);
        (await _client.Jobs.ListAsync().ToListAsync()).ShouldContain(listed => listed.Id == job.Id);
    }

    [Fact]
    public async Task Uploads_flows_and_cancels_a_job()
    {
        using var csv = new MemoryStream(
            Encoding.UTF8.GetBytes("created_at,finished_at,type,tokens_in,tokens_out\n2024-01-01T00:00:00Z,,a,1,2\n")
        );
        var flows = await _client.Jobs.StartFlowsAsync(csv);
        (await _client.Jobs.WaitAsync(flows.Id)).Status.ShouldBe(JobStatus.Succeeded);
        csv.CanRead.ShouldBeTrue();

        var simulation = await _client.Jobs.StartSimulationAsync(
            new SimulationRequest { NSimulations = 1_000_000, Months = 120 }
        );
        await _client.Jobs.CancelAsync(simulation.Id);
        (await _client.Jobs.WaitAsync(simulation.Id)).Status.ShouldBe(JobStatus.Canceled);
    }

    [Fact]
    public async Task Reads_usage()
    {
        var totals = await _client.Usage.SummarizeAsync(Days);
        totals.Calls.ShouldBe(3);
        totals.Tokens.InputTokens.ShouldBe(750);
        totals.Cost.ShouldBe(0.005625m);
        var ann = await _client.Usage.SummarizeAsync(
            Days with
            {
                Filters = new Dictionary<string, string> { ["user"] = "ann" },
            }
        );
        ann.Calls.ShouldBe(1);

        var series = await _client.Usage.SeriesAsync(Days, "cost", group: "user", bucket: "day");
        series.Lines.Select(static line => line.Names[0]).ShouldBe(["otto", "ann"]);
        series.Lines.Sum(static line => line.Values[0]).ShouldBe(totals.Cost);

        var calls = await _client.Usage.ListCallsAsync(Days).ToListAsync();
        calls.Count.ShouldBe(3);
        calls.Sum(static call => call.Cost).ShouldBe(totals.Cost);
        calls[0].Attribution.User.ShouldNotBeNull();
    }

    [Fact]
    public async Task Manages_keys_and_limits()
    {
        var issued = await _client.Keys.CreateAsync(new NewKey("build") { MaxBudget = 12.50m, BudgetDuration = "30d" });
        issued.Secret.ShouldStartWith("tg-");
        (await _client.Keys.ListAsync().ToListAsync()).ShouldContain(key => key.Id == issued.Key.Id);
        (await _client.Keys.RevokeAsync(issued.Key.Id)).Status.ShouldBe("revoked");

        var limit = await _client.Limits.SetAsync(
            new LimitSetting("cost", 500m) { Window = "month", Scope = [new LimitScope("user", "ann")] }
        );
        limit.Amount.ShouldBe(500m);
        (await _client.Limits.ListAsync().ToListAsync()).ShouldContain(listed => listed.Id == limit.Id);
        await _client.Limits.DeleteAsync(limit.Id);
        (await _client.Limits.ListAsync().ToListAsync()).ShouldNotContain(listed => listed.Id == limit.Id);
    }

    [Fact]
    public async Task Throws_the_problem_with_its_fields()
    {
        var problem = await Should.ThrowAsync<TollgateProblemException>(() =>
            _client.Simulations.SimulateAsync(new SimulationRequest { Mechanisms = ["per_tokn"] })
        );
        problem.Status.ShouldBe(HttpStatusCode.BadRequest);
        problem.Code.ShouldBe("invalid_request");
        problem.Errors.ShouldHaveSingleItem().Pointer.ShouldBe("/mechanisms");

        using var stranger = new TollgateClient(host.Host.Address, "nonsense");
        var refused = await Should.ThrowAsync<TollgateProblemException>(() => stranger.Usage.SummarizeAsync(Days));
        refused.Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private sealed class Recorder(List<JobStatus> seen) : IProgress<Job>
    {
        public void Report(Job value) => seen.Add(value.Status);
    }
}
