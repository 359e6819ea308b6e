using System.Globalization;
using System.Net;
using System.Text.Json;
using Tollgate.Accounting.Usage;

namespace Tollgate.Api.Tests.Compatibility;

/// <summary>The logs and reports of spend have exactly the calls of the ledger.</summary>
public sealed class SpendTests(LedgerHost ledger) : IClassFixture<LedgerHost>
{
    private static readonly string Range = string.Create(
        CultureInfo.InvariantCulture,
        $"start_date={DateTime.UtcNow.AddDays(-20):yyyy-MM-dd}&end_date={DateTime.UtcNow:yyyy-MM-dd}"
    );

    [Fact]
    public async Task Lists_every_call_once_over_all_pages()
    {
        var ids = new List<string>();
        decimal spend = 0;
        long pages;
        var page = 1;
        do
        {
            var body = await GetAsync($"/spend/logs/v2?{Range}&page={page}&page_size=90");
            body.GetProperty("total").GetInt64().ShouldBe(LedgerHost.RecordCount);
            pages = body.GetProperty("total_pages").GetInt64();
            foreach (var call in body.GetProperty("data").EnumerateArray())
            {
                ids.Add(call.GetProperty("request_id").GetString()!);
                spend += call.GetProperty("spend") is { ValueKind: JsonValueKind.Number } cost ? cost.GetDecimal() : 0;
            }
        } while (page++ < pages);

        var totals = await ledger.Host.Ledger.Query.TotalsAsync(UsagePeriod.All);
        ids.Distinct().Count().ShouldBe(LedgerHost.RecordCount);
        spend.ShouldBe(totals.Cost.Usd);
        var all = await GetAsync($"/spend/logs?{Range}");
        all.EnumerateArray()
            .Select(static call => call.GetProperty("request_id").GetString())
            .Order()
            .ShouldBe(ids.Order());
    }

    [Fact]
    public async Task Filters_and_sorts_calls()
    {
        var body = await GetAsync(
            $"/spend/logs/v2?{Range}&team_id=alpha&model=gpt-4o&min_spend=0.0001&sort_by=spend&sort_order=asc"
        );

        var calls = body.GetProperty("data").EnumerateArray().ToList();
        calls.ShouldNotBeEmpty();
        calls.ShouldAllBe(call => call.GetProperty("api_key").GetString() == ledger.Ids[0]);
        calls.ShouldAllBe(static call => call.GetProperty("team_id").GetString() == "alpha");
        var costs = calls.Select(static call => call.GetProperty("spend").GetDecimal()).ToList();
        costs.ShouldAllBe(static cost => cost >= 0.0001m);
        costs.ShouldBe(costs.Order());
    }

    [Theory]
    [InlineData("api_key", "api_keys")]
    [InlineData("team", "teams")]
    [InlineData("customer", "customers")]
    public async Task Reports_spend_by_day_and_group(string group, string list)
    {
        var days = await GetAsync($"/global/spend/report?{Range}&group_by={group}");

        var groups = days.EnumerateArray().SelectMany(day => day.GetProperty(list).EnumerateArray()).ToList();
        groups.ShouldAllBe(static entry =>
            entry.GetProperty("metadata").EnumerateArray().Sum(static model => model.GetProperty("spend").GetDecimal())
            == entry.GetProperty("total_spend").GetDecimal()
        );
        if (group != "api_key")
            return;
        var totals = await ledger.Host.Ledger.Query.TotalsAsync(UsagePeriod.All);
        groups.Sum(static entry => entry.GetProperty("total_spend").GetDecimal()).ShouldBe(totals.Cost.Usd);
    }

    [Fact]
    public async Task Lists_the_budgets_of_providers()
    {
        var set = await ledger.Host.PostAsync(
            "/api/v1/limits",
            ledger.Root,
            """
            {
              "metric": "cost", "window": "30d", "amount": "100",
              "scope": [{"dimension": "provider", "value": "openai"}]
            }
            """
        );
        set.Status.ShouldBe(HttpStatusCode.OK, set.Body.ToString());

        var body = await GetAsync("/provider/budgets");

        var budget = body.GetProperty("providers").GetProperty("openai");
        budget.GetProperty("budget_limit").GetDecimal().ShouldBe(100);
        budget.GetProperty("time_period").GetString().ShouldBe("30d");
        budget.GetProperty("spend").GetDecimal().ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("/spend/logs/v2?page=200&page_size=100", "first 10000 calls")]
    [InlineData("/spend/logs/v2?min_spend=-1", "min_spend")]
    [InlineData("/spend/logs?start_date=2026-13-01", "start_date must be a day")]
    [InlineData("/global/spend/report?group_by=tag", "group_by must be one of")]
    public async Task Refuses_what_it_cannot_list(string path, string message)
    {
        var (status, body) = await ledger.Host.GetAsync(path, ledger.Root);

        status.ShouldBe(HttpStatusCode.BadRequest);
        body.GetProperty("error").GetProperty("message").GetString()!.ShouldContain(message);
    }

    private async Task<JsonElement> GetAsync(string path)
    {
        var (status, body) = await ledger.Host.GetAsync(path, ledger.Root);
        status.ShouldBe(HttpStatusCode.OK, body.ToString());
        return body;
    }
}
