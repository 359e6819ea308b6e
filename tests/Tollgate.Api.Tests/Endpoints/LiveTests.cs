using System.Net;
using System.Text.Json;
using Tollgate.Identity.Permissions;
using Tollgate.Metering.Usage;

namespace Tollgate.Api.Tests.Endpoints;

/// <summary>Calls arrive while they are recorded.</summary>
public sealed class LiveTests(AdminHost admin) : IClassFixture<AdminHost>
{
    [Fact]
    public async Task Sends_a_call_that_was_recorded_meanwhile()
    {
        using var stream = await OpenAsync(admin.Token, DateTimeOffset.UtcNow.AddSeconds(-5), "a-model");

        var id = await RecordAsync("a-model");

        var call = await ReadCallAsync(stream);
        call.GetProperty("call_id").GetGuid().ShouldBe(id);
        call.GetProperty("model").GetString().ShouldBe("a-model");
    }

    [Fact]
    public async Task Continues_after_the_last_event()
    {
        var before = DateTimeOffset.UtcNow;
        var first = await RecordAsync("first");
        var second = await RecordAsync("second", before.AddMinutes(5));

        using var stream = await OpenAsync(admin.Token, before.AddMinutes(4), "second");

        (await ReadCallAsync(stream)).GetProperty("call_id").GetGuid().ShouldBe(second);
        first.ShouldNotBe(second);
    }

    [Fact]
    public async Task Ends_when_its_reader_signs_out()
    {
        await admin.Host.AddAccountAsync("eve", Role.Admin);
        var token = await admin.Host.LogInAsync("eve");
        using var stream = await OpenAsync(token, DateTimeOffset.UtcNow.AddSeconds(-5), "none");

        (await admin.Host.PostAsync("/api/auth/logout", token, "")).Status.ShouldBe(HttpStatusCode.NoContent);

        while (await stream.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            line.ShouldBe("");
    }

    [Fact]
    public async Task Follows_the_reach_of_its_reader()
    {
        await admin.Host.AddAccountAsync("uma", Role.User);
        var token = await admin.Host.LogInAsync("uma");
        using var stream = await OpenAsync(token, DateTimeOffset.UtcNow.AddSeconds(-5), "reached");
        await RecordAsync("reached", user: "uma");
        (await ReadCallAsync(stream)).GetProperty("attribution").GetProperty("user").GetString().ShouldBe("uma");

        var changed = await admin.Host.SendAsync(
            HttpMethod.Patch,
            "/api/v1/accounts/uma",
            admin.Token,
            """{"user": "another"}"""
        );

        changed.Status.ShouldBe(HttpStatusCode.OK, changed.Body.ToString());
        // Gateways see a change within a second.
        await Testing.Eventually.BecomesTrueAsync(async () =>
            (await admin.Host.GetAsync("/api/v1/session", token)).Body.ToString().Contains("the user another")
        );
        await RecordAsync("reached", user: "uma");
        await RecordAsync("reached", user: "another");
        (await ReadCallAsync(stream)).GetProperty("attribution").GetProperty("user").GetString().ShouldBe("another");
    }

    [Fact]
    public async Task Lets_no_reader_keep_the_others_out()
    {
        await admin.Host.AddAccountAsync("greedy", Role.Viewer);
        var token = await admin.Host.LogInAsync("greedy");
        var streams = new List<StreamReader>();
        try
        {
            for (var count = 0; count < 20; count++)
                streams.Add(await OpenAsync(token, DateTimeOffset.UtcNow, "none"));

            using var request = ApiHost.CreateRequest(HttpMethod.Get, "/api/v1/calls/live", token);
            using var refused = await admin.Host.Client.SendAsync(request);
            refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
            refused.Headers.RetryAfter.ShouldNotBeNull();
            streams.Add(await OpenAsync(admin.Token, DateTimeOffset.UtcNow, "none"));
        }
        finally
        {
            streams.ForEach(static stream => stream.Dispose());
        }

        // Their places are free again.
        await Testing.Eventually.BecomesTrueAsync(async () =>
            (await admin.Host.GetAsync("/api/v1/calls/live", token)).Status == HttpStatusCode.OK
        );
    }

    private async Task<Guid> RecordAsync(string model, DateTimeOffset? at = null, string? user = null)
    {
        var now = at ?? DateTimeOffset.UtcNow;
        var id = Guid.CreateVersion7(now);
        var record = new UsageRecord
        {
            Id = new CallId(id, 1),
            StartedAt = now,
            Provider = "openai",
            Model = model,
            Operation = "chat",
            UsageSource = UsageSource.Reported,
            Outcome = CallOutcome.Completed,
            Attribution = new Attribution { User = user },
        };
        await admin.Host.Ledger.AppendAsync([record], TestContext.Current.CancellationToken);
        return id;
    }

    private async Task<StreamReader> OpenAsync(string token, DateTimeOffset since, string? model = null)
    {
        var path = "/api/v1/calls/live" + (model is null ? "" : $"?filter[model]={model}");
        var request = ApiHost.CreateRequest(HttpMethod.Get, path, token);
        request.Headers.Add("Last-Event-ID", $"{since.ToUnixTimeMilliseconds()}000");
        var response = await admin.Host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return new StreamReader(await response.Content.ReadAsStreamAsync());
    }

    private static async Task<JsonElement> ReadCallAsync(StreamReader stream)
    {
        while (await stream.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.StartsWith("data: {\"call_id\"", StringComparison.Ordinal))
                return JsonDocument.Parse(line["data: ".Length..]).RootElement;
        }

        throw new InvalidOperationException("The stream ended without a call.");
    }
}
