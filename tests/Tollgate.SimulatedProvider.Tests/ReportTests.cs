using System.Net;
using System.Text.Json.Nodes;
using Tollgate.SimulatedProvider.Scripting;
using Tollgate.Testing;

namespace Tollgate.SimulatedProvider.Tests;

public sealed class ReportTests
{
    [Fact]
    public async Task Reports_state_the_bill_by_day_in_pages()
    {
        var time = new ManualTimeProvider(new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero));
        await using var provider = await Provider.StartAsync(new SimulatedProviderOptions { TimeProvider = time });
        await provider
            .ChatAsync("[[sim input=1200 cached=1000 output=50 reasoning=20 audio_in=3 audio_out=4]]")
            .TextAsync();
        await provider.MessagesAsync("[[sim input=1200 cached=1000 cache5m=10 cache1h=5 output=50]]").TextAsync();
        var day = time.GetUtcNow().Date;
        var start = new DateTimeOffset(day, TimeSpan.Zero).AddDays(-1).ToUnixTimeSeconds();

        var usage = $"/v1/organization/usage/completions?start_time={start}&end_time={start + (3 * 86400)}&limit=1";
        var first = await GetAsync(provider, $"{usage}&bucket_width=1d");
        first["data"]!.AsArray().Single()!["results"]!.AsArray().ShouldBeEmpty();
        first["has_more"]!.GetValue<bool>().ShouldBeTrue();
        var second = await GetAsync(provider, $"{usage}&page={first["next_page"]}");
        var result = second["data"]![0]!["results"]!.AsArray().Single()!;
        result["input_tokens"]!.GetValue<long>().ShouldBe(1197);
        result["input_cached_tokens"]!.GetValue<long>().ShouldBe(1000);
        result["output_tokens"]!.GetValue<long>().ShouldBe(46);
        result["num_model_requests"]!.GetValue<long>().ShouldBe(1);

        var costs = await GetAsync(
            provider,
            $"/v1/organizations/cost_report?starting_at={day:yyyy-MM-dd}T00:00:00Z"
                + $"&ending_at={day.AddDays(1):yyyy-MM-dd}T00:00:00Z",
            "x-api-key"
        );
        costs["data"]![0]!["results"]![0]!["amount"]!
            .GetValue<string>()
            .ShouldBe("0.16725", "1000 x 0.30 + 185 x 3 + 10 x 3.75 + 5 x 6 + 50 x 15 dollars a million, in cents");
        (
            await GetAsync(
                provider,
                $"/v1/organization/costs?start_time={start}&limit=99",
                status: HttpStatusCode.BadRequest
            )
        )["error"]
            .ShouldNotBeNull();
        (await GetAsync(provider, $"/v1/organization/costs?start_time={start}", "none", HttpStatusCode.Unauthorized))[
            "error"
        ]
            .ShouldNotBeNull();
    }

    private static async Task<JsonNode> GetAsync(
        Provider provider,
        string path,
        string header = "Authorization",
        HttpStatusCode status = HttpStatusCode.OK
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation(header, "Bearer any");
        using var answer = await provider.Client.SendAsync(request, Provider.Token);
        answer.StatusCode.ShouldBe(status);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(Provider.Token))!;
    }
}
