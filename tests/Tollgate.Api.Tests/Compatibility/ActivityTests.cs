using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Tollgate.Api.Tests.Compatibility;

/// <summary>Usage by day is the same sum as every other total, for everyone within their reach.</summary>
public sealed class ActivityTests(LedgerHost ledger) : IClassFixture<LedgerHost>
{
    [Fact]
    public async Task Adds_up_to_the_same_totals_as_the_summary_and_the_costs()
    {
        var (from, to) = (Day(-20), Day(0));

        var activity = (
            await GetAsync($"/user/daily/activity?start_date={from}&end_date={to}&page_size=3", ledger.Root)
        );
        var summary = await GetAsync($"/api/v1/summary?from={from}&to={to}", ledger.Root);
        var costs = await SumCostsAsync(from);

        var totals = activity.GetProperty("metadata");
        var spend = totals.GetProperty("total_spend").GetDecimal();
        spend.ShouldBeGreaterThan(0);
        spend.ShouldBe(
            decimal.Parse(summary.GetProperty("totals").GetProperty("cost").GetString()!, CultureInfo.InvariantCulture)
        );
        spend.ShouldBe(costs);
        totals.GetProperty("total_api_requests").GetInt64().ShouldBe(LedgerHost.RecordCount);
        totals
            .GetProperty("total_api_requests")
            .GetInt64()
            .ShouldBe(summary.GetProperty("totals").GetProperty("calls").GetInt64());
        totals.GetProperty("total_unpriced_requests").GetInt64().ShouldBeGreaterThan(0);
        totals.GetProperty("has_more").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Has_totals_of_the_whole_range_on_every_page_and_each_day_once()
    {
        var query = $"/user/daily/activity?start_date={Day(-20)}&end_date={Day(0)}";
        var whole = await GetAsync(
            $"/user/daily/activity/aggregated?start_date={Day(-20)}&end_date={Day(0)}",
            ledger.Root
        );
        var days = new List<string>();
        decimal spend = 0;
        for (var page = 1; ; page++)
        {
            var body = await GetAsync($"{query}&page={page}&page_size=3", ledger.Root);
            var totals = body.GetProperty("metadata");
            totals
                .GetProperty("total_spend")
                .GetDecimal()
                .ShouldBe(whole.GetProperty("metadata").GetProperty("total_spend").GetDecimal());
            foreach (var day in body.GetProperty("results").EnumerateArray())
            {
                days.Add(day.GetProperty("date").GetString()!);
                spend += day.GetProperty("metrics").GetProperty("spend").GetDecimal();
                var parts = day.GetProperty("breakdown").GetProperty("models").EnumerateObject();
                parts
                    .Sum(static model => model.Value.GetProperty("metrics").GetProperty("spend").GetDecimal())
                    .ShouldBe(day.GetProperty("metrics").GetProperty("spend").GetDecimal());
            }

            if (!totals.GetProperty("has_more").GetBoolean())
                break;
        }

        days.ShouldBe(days.Distinct().OrderDescending());
        spend.ShouldBe(whole.GetProperty("metadata").GetProperty("total_spend").GetDecimal());
        whole.GetProperty("results").GetArrayLength().ShouldBe(days.Count);
    }

    [Fact]
    public async Task Shows_a_key_its_own_usage_and_nothing_of_other_keys()
    {
        var body = await GetAsync($"/user/daily/activity?start_date={Day(-20)}&end_date={Day(0)}", ledger.Secrets[0]);

        var text = body.ToString();
        text.ShouldContain(ledger.Ids[0]);
        text.ShouldNotContain(ledger.Ids[1]);
        text.ShouldNotContain(ledger.Ids[2]);
        var info = await GetAsync("/key/info", ledger.Secrets[0]);
        info.GetProperty("info")
            .GetProperty("spend")
            .GetDecimal()
            .ShouldBe(body.GetProperty("metadata").GetProperty("total_spend").GetDecimal());
    }

    [Fact]
    public async Task Sums_the_usage_of_a_team_over_its_keys()
    {
        var query = $"start_date={Day(-20)}&end_date={Day(0)}";

        var alpha = await GetAsync($"/team/daily/activity?{query}&team_ids=alpha", ledger.Root);
        var all = await GetAsync($"/team/daily/activity?{query}", ledger.Root);
        var key = await GetAsync($"/user/daily/activity?{query}&api_key={ledger.Ids[0]}", ledger.Root);

        alpha.GetProperty("metadata").ToString().ShouldBe(key.GetProperty("metadata").ToString());
        var teams = all.GetProperty("results")[0].GetProperty("breakdown").GetProperty("entities").EnumerateObject();
        teams.Select(static team => team.Name).Order().ShouldBe(["alpha", "beta"]);
    }

    [Fact]
    public async Task Accepts_a_range_of_many_years()
    {
        var body = await GetAsync(
            "/user/daily/activity?start_date=2020-01-01&end_date=2030-12-31&page=1&page_size=1",
            ledger.Secrets[1]
        );

        body.GetProperty("metadata").GetProperty("total_spend").GetDecimal().ShouldBeGreaterThan(0);
    }

    private async Task<decimal> SumCostsAsync(string from)
    {
        var start = DateTimeOffset.Parse(from + "T00:00:00Z", CultureInfo.InvariantCulture).ToUnixTimeSeconds();
        decimal sum = 0;
        string? page = null;
        do
        {
            var body = await GetAsync(
                $"/v1/organization/costs?start_time={start}" + (page is null ? "" : "&page=" + page),
                ledger.Root
            );
            sum += body.GetProperty("data")
                .EnumerateArray()
                .SelectMany(static bucket => bucket.GetProperty("results").EnumerateArray())
                .Sum(static result => result.GetProperty("amount").GetProperty("value").GetDecimal());
            page = body.GetProperty("next_page").GetString();
        } while (page is not null);

        return sum;
    }

    private async Task<JsonElement> GetAsync(string path, string token)
    {
        var (status, body) = await ledger.Host.GetAsync(path, token);
        status.ShouldBe(HttpStatusCode.OK, body.ToString());
        return body;
    }

    private static string Day(int offset) =>
        DateTimeOffset.UtcNow.AddDays(offset).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
