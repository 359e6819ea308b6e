using System.Text.Json;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;
using Tollgate.Operations;
using Tollgate.Operations.Json;
using Tollgate.Operations.Usage.Facets;
using Tollgate.Operations.Usage.Scopes;
using Tollgate.Operations.Usage.Summaries;
using static Tollgate.Tests.Usage.UsageWorkspace;

namespace Tollgate.Tests.Usage;

public sealed class UsageSummaryTests
{
    [Fact]
    public async Task A_summary_has_its_figures_and_those_of_the_range_before()
    {
        await using var ledger = await CreateAsync(
            Call(TimeSpan.FromHours(1), usd: 0.1m),
            Call(TimeSpan.FromHours(2), usd: null),
            Call(TimeSpan.FromHours(30), usd: 5)
        );
        var scope = Scope();

        var summary = await SummarizeAsync(
            ledger,
            new SummaryRequest(scope)
            {
                Comparison = RangeComparison.Find("previous", scope.Range),
                WithPercentiles = true,
            }
        );

        var totals = summary.Totals;
        (totals.Calls, totals.Unpriced, totals.Cost, totals.CostPerCall).ShouldBe(
            (2, 1, Money.Round(0.1m), Money.Round(0.1m))
        );
        (totals.MeanDurationS, totals.CacheShare).ShouldBe((2, 0.25m));
        summary.Percentiles.ShouldBe(new DurationPercentiles(2, 2, null));
        summary.Comparison!.Totals.Cost.ShouldBe(Money.Round(5));
        var json = JsonSerializer.SerializeToElement(summary, OperationsJson.Default.SummaryResult);
        json.GetProperty("totals").GetProperty("cost").GetString().ShouldBe("0.1");
        json.GetProperty("totals").GetProperty("tokens").GetProperty("input_tokens").GetInt64().ShouldBe(800);
        json.GetProperty("totals").TryGetProperty("totals", out _).ShouldBeFalse();
        json.GetProperty("comparison").GetProperty("totals").GetProperty("calls").GetInt64().ShouldBe(1);
    }

    [Fact]
    public async Task Percentiles_are_of_the_nearest_rank()
    {
        await using var ledger = await CreateAsync([
            .. Enumerable
                .Range(1, 100)
                .Select(second => Call(TimeSpan.FromHours(1)) with { Duration = TimeSpan.FromSeconds(second) }),
        ]);

        var summary = await SummarizeAsync(ledger, new SummaryRequest(Scope()) { WithPercentiles = true });

        summary.Percentiles.ShouldBe(new DurationPercentiles(50, 95, null));
        (await SummarizeAsync(ledger, new SummaryRequest(Scope("15m")) { WithPercentiles = true }))
            .Percentiles!.Unavailable.ShouldNotBeNull()
            .ShouldContain("no calls");
    }

    [Fact]
    public async Task A_cost_of_which_nothing_has_a_price_is_unknown_rather_than_zero()
    {
        await using var ledger = await CreateAsync(Call(TimeSpan.FromHours(1), usd: null));

        (await SummarizeAsync(ledger, new SummaryRequest(Scope()))).Totals.Cost.ShouldBeNull();
        (await SummarizeAsync(ledger, new SummaryRequest(Scope("15m")))).Totals.Cost.ShouldBe(Money.Zero);
    }

    [Fact]
    public async Task A_caller_sees_only_the_usage_within_reach()
    {
        await using var ledger = await CreateAsync(
            Call(TimeSpan.FromHours(1), user: "ada"),
            Call(TimeSpan.FromHours(1), user: "bob"),
            Call(TimeSpan.FromHours(1))
        );
        var ada = ledger.WithReach(UsageReach.Limited([], ["ada"], []));
        var token = TestContext.Current.CancellationToken;

        (await ada.SummarizeAsync(new SummaryRequest(Scope()), token)).Totals.Calls.ShouldBe(1);
        (await ada.SummarizeAsync(UsagePeriod.All, token)).Calls.ShouldBe(1);
        (await ada.GroupAsync(UsagePeriod.All, UsageDimension.User, UsageRank.Cost, token))
            .Select(static group => group.Name)
            .ShouldBe(["ada"]);
        (await ada.ListNewestAsync(10, token)).ShouldHaveSingleItem().Attribution.User.ShouldBe("ada");
        (await ada.FacetsAsync(new FacetRequest(Scope(), UsageDimension.User), token))
            .Values.Select(static value => value.Value)
            .ShouldBe(["ada"]);
        (
            await ada.SummarizeAsync(
                new SummaryRequest(Scope("24h", UsageFilter.Equal(UsageDimension.User, "bob"))),
                token
            )
        ).Totals.Calls.ShouldBe(0);
        (
            await ledger.WithReach(UsageReach.Nothing).SummarizeAsync(new SummaryRequest(Scope()), token)
        ).Totals.Calls.ShouldBe(0);
    }

    [Fact]
    public async Task Facets_are_ranked_by_calls_and_report_the_rest()
    {
        await using var ledger = await CreateAsync([
            .. Enumerable
                .Range(1, 4)
                .SelectMany(static user =>
                    Enumerable.Range(0, user).Select(_ => Call(TimeSpan.FromHours(1), user: $"user-{user}"))
                ),
            Call(TimeSpan.FromHours(1)),
        ]);

        var facets = await ledger.Usage.FacetsAsync(
            new FacetRequest(Scope(), UsageDimension.User) { Top = 2 },
            TestContext.Current.CancellationToken
        );

        facets.Values.Select(static value => (value.Value, value.Calls)).ShouldBe([("user-4", 4), ("user-3", 3)]);
        (facets.ValueCount, facets.Other.Calls, facets.IsCapped).ShouldBe((5, 4, false));
        facets.ReadFrom.ShouldBe(facets.Range.From);
    }

    [Theory]
    [InlineData("model", "in", "gpt-4o,gpt-5")]
    [InlineData("user", "not_in", ",ada")]
    [InlineData("end_user", "contains", "x")]
    [InlineData("status", "in", "completed,client_disconnected")]
    [InlineData("error", "eq", "true")]
    [InlineData("correction", "eq", "false")]
    [InlineData("cost", "gte", "0.5")]
    [InlineData("duration", "lte", "2.5")]
    [InlineData("call_id", "eq", "0197f0a0-0000-7000-8000-000000000000")]
    [InlineData("response_id", "eq", "chatcmpl-1")]
    public void A_filter_is_read_from_its_parameter(string field, string comparison, string values) =>
        UsageFilterParser.Parse(field, comparison, values.Split(',')).ShouldNotBeNull();

    [Theory]
    [InlineData("modell", "in", "x", "filter", "modell")]
    [InlineData("model", "like", "x", "model", "like")]
    [InlineData("status", "in", "fine", "status", "fine")]
    [InlineData("error", "eq", "maybe", "error", "maybe")]
    [InlineData("cost", "gte", "much", "cost", "much")]
    [InlineData("cost", "eq", "1", "cost", "eq")]
    [InlineData("duration", "gte", "-1", "duration", "-1")]
    [InlineData("call_id", "eq", "7", "call_id", "7")]
    public void A_wrong_filter_is_named(string field, string comparison, string value, string parameter, string part)
    {
        var error = Should.Throw<OperationException>(() => UsageFilterParser.Parse(field, comparison, [value]));

        error.Field.ShouldBe(parameter);
        error.Message.ShouldContain($"'{part}'");
    }

    private static Task<SummaryResult> SummarizeAsync(UsageWorkspace ledger, SummaryRequest request) =>
        ledger.Usage.SummarizeAsync(request, TestContext.Current.CancellationToken);
}
