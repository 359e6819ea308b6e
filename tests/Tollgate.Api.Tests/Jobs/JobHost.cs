using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Tollgate.Accounting.Tracking;
using Tollgate.Identity.Permissions;
using Tollgate.Metering.Pricing;
using Tollgate.Operations.Jobs;
using Tollgate.Testing;

namespace Tollgate.Api.Tests.Jobs;

/// <summary>The program with a provider's reports, some recorded calls, and accounts that start jobs.</summary>
public sealed class JobHost : IAsyncLifetime
{
    public const string AdminKey = "sk-admin-0123456789";

    public ApiHost Host { get; } = new();

    /// <summary>The access tokens by account.</summary>
    public Dictionary<string, string> Tokens { get; } = [];

    /// <summary>The variables of the program.</summary>
    public Dictionary<string, string> Variables { get; } = new() { ["OPENAI_ADMIN_KEY"] = AdminKey };

    public JobOptions Options { get; set; } = new();

    internal ReportedDays Reports { get; private set; } = null!;

    public string Root => Tokens["root"];

    public async ValueTask InitializeAsync()
    {
        Reports = await ReportedDays.StartAsync();
        Variables["OPENAI_ADMIN_BASE_URL"] = Reports.Address.ToString();
        Host.Configure = settings =>
            settings with
            {
                FindVariable = name => Variables.GetValueOrDefault(name),
                Jobs = Options,
            };
        await Host.InitializeAsync();
        await Host.AddAccountAsync("root", Role.Admin);
        await Host.AddAccountAsync("mia", Role.Manager, "alpha");
        await Host.AddAccountAsync("otto", Role.User);
        await Host.AddAccountAsync("vera", Role.Viewer);
        foreach (var name in (string[])["root", "mia", "otto", "vera"])
            Tokens[name] = await Host.LogInAsync(name);
        await TrackAsync("ann", 100);
        await TrackAsync("otto", 250);
        await TrackAsync("otto", 400);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await Reports.DisposeAsync();
    }

    /// <summary>Starts a job, and returns it.</summary>
    public async Task<JsonElement> StartAsync(string token, string kind, string body)
    {
        var (status, job) = await Host.PostAsync($"/api/v1/jobs/{kind}", token, body);
        status.ShouldBe(HttpStatusCode.Accepted, job.ToString());
        return job;
    }

    /// <summary>Waits until a job has ended, and returns it.</summary>
    public async Task<JsonElement> WaitAsync(string token, JsonElement job)
    {
        var path = $"/api/v1/jobs/{job.GetProperty("id").GetString()}";
        await Eventually.BecomesTrueAsync(async () =>
        {
            job = (await Host.GetAsync(path, token)).Body;
            return job.GetProperty("status").GetString() is not ("queued" or "running");
        });
        return job;
    }

    /// <summary>Runs a job, and returns the text of its result.</summary>
    public async Task<string> RunAsync(string token, string kind, string body)
    {
        var job = await WaitAsync(token, await StartAsync(token, kind, body));
        job.GetProperty("status").GetString().ShouldBe("succeeded", job.ToString());
        job.GetProperty("progress").GetDouble().ShouldBe(1);
        return await GetTextAsync(token, job.GetProperty("result").GetProperty("href").GetString()!);
    }

    /// <summary>Returns the text of a path.</summary>
    public async Task<string> GetTextAsync(string token, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await Host.Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return text;
    }

    /// <summary>Uploads a CSV file of flows.</summary>
    public async Task<HttpResponseMessage> UploadAsync(string token, string query, string csv, string type = "text/csv")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/jobs/flows" + query);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Content = new StringContent(csv, Encoding.UTF8, type);
        return await Host.Client.SendAsync(request);
    }

    private Task TrackAsync(string user, int tokens) =>
        new UsageTracker(Host.Ledger, BuiltInPrices.Book).TrackAsync(
            new UsageEntry
            {
                Model = "gpt-4o",
                Provider = "openai",
                PromptTokens = tokens,
                CompletionTokens = tokens / 2,
                Username = user,
                Timestamp = new DateTimeOffset(2026, 10, 1, 12, 0, 0, TimeSpan.Zero),
            }
        );
}
