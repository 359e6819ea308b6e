using System.Text.Json;
using Tollgate.Accounting.Usage;
using Tollgate.Operations;
using Tollgate.Operations.Json;
using Tollgate.Operations.Usage.Figures;
using Tollgate.Operations.Usage.Scopes;
using Tollgate.Operations.Usage.Series;
using static Tollgate.Tests.Usage.UsageWorkspace;

namespace Tollgate.Tests.Usage;

public sealed class UsageSeriesTests
{
    [Fact]
    public async Task Groups_without_a_line_are_summed_up_exactly()
    {
        await using var ledger = await CreateAsync([
            .. Enumerable.Range(1, 10).Select(model => Call(TimeSpan.FromHours(1), $"model-{model}", model)),
        ]);

        var series = await ReadAsync(
            ledger,
            new SeriesRequest(Scope())
            {
                Group = UsageDimension.Model,
                Top = 3,
                Bucket = SeriesBucket.None,
            }
        );

        series
            .Lines.Select(static line => line.Names.FirstOrDefault())
            .ShouldBe(["model-10", "model-9", "model-8", null]);
        series.Lines.Select(static line => line.Values[0].Value).ShouldBe([10, 9, 8, 28]);
        series.Lines.Select(static line => line.IsOther).ShouldBe([false, false, false, true]);
        (series.GroupCount, series.Total.Values[0].Value).ShouldBe((10, 55));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(UsageDimension.User)]
    public async Task Many_groups_are_ranked_first_with_the_same_result(UsageDimension? subgroup)
    {
        await using var ledger = await CreateAsync([
            .. Enumerable
                .Range(1, 60)
                .Select(call => Call(TimeSpan.FromMinutes(20 * call), $"model-{call % 7}", call, $"user-{call % 3}")),
        ]);
        var request = new SeriesRequest(Scope())
        {
            Group = UsageDimension.Model,
            Subgroup = subgroup,
            Top = 4,
            Comparison = Scope("7d").Range,
        };
        var usage = new ReachableUsage(ledger.Workspace.OpenQuery(), UsageReach.Everything, Now);

        var many = await new SeriesReader(usage, request) { MaxSums = 3 }.ReadAsync(
            TestContext.Current.CancellationToken
        );

        many.GroupCount.ShouldBe(subgroup is null ? 7 : 21);
        Serialize(many).ShouldBe(Serialize(await ReadAsync(ledger, request)));

        static string Serialize(SeriesResult series) =>
            JsonSerializer.Serialize(series, OperationsJson.Default.SeriesResult);
    }

    [Fact]
    public async Task Gaps_are_zero_for_sums_and_unknown_for_averages()
    {
        await using var ledger = await CreateAsync(Call(TimeSpan.FromHours(2)), Call(TimeSpan.FromHours(5), usd: null));

        var series = await ReadAsync(
            ledger,
            new SeriesRequest(Scope("6h"))
            {
                Measures = [UsageMeasure.Cost, UsageMeasure.Calls, UsageMeasure.MeanDuration],
                Bucket = SeriesBucket.Hour,
            }
        );

        // From 08:30 to 14:30: seven clock hours, the first and the last of which are cut.
        series
            .Total.Points.Select(static point => point.Values.Select(static value => value.Value).ToArray())
            .ShouldBe([
                [0, 0, null],
                [null, 1, 2], // Unpriced, which is not 0.
                [0, 0, null],
                [0, 0, null],
                [1, 1, 2],
                [0, 0, null],
                [0, 0, null],
            ]);
        series
            .Total.Points.Select(static point => point.IsPartial)
            .ShouldBe([true, false, false, false, false, false, true]);
        series.Total.Points[1].Unpriced.ShouldBe(1);
        (series.Unpriced, series.Estimated).ShouldBe((1, 0));
    }

    [Fact]
    public async Task Cumulative_points_include_all_earlier_ones()
    {
        await using var ledger = await CreateAsync([
            .. Enumerable.Range(0, 3).Select(day => Call(TimeSpan.FromHours(1 + (24 * day)), usd: 1 + day)),
        ]);

        var series = await ReadAsync(
            ledger,
            new SeriesRequest(Scope("4d")) { Bucket = SeriesBucket.Day, IsCumulative = true }
        );

        series.Total.Points.Select(static point => point.Values[0].Value).ShouldBe([0, 3, 5, 6]);
        series.Total.Values[0].Value.ShouldBe(6);
    }

    [Fact]
    public async Task A_comparison_has_the_same_groups_and_buckets()
    {
        await using var ledger = await CreateAsync(
            Call(TimeSpan.FromHours(1), "a", 5),
            Call(TimeSpan.FromHours(25), "a", 3),
            Call(TimeSpan.FromHours(26), "b", 7)
        );
        var scope = Scope("today");

        var series = await ReadAsync(
            ledger,
            new SeriesRequest(scope)
            {
                Group = UsageDimension.Model,
                Comparison = RangeComparison.Find("previous", scope.Range),
            }
        );

        var earlier = series.Comparison.ShouldNotBeNull();
        earlier.Range.To.ShouldBe(Now.AddDays(-1));
        (series.Bucket, earlier.Bucket).ShouldBe((SeriesBucket.Hour, SeriesBucket.Hour));
        earlier.Total.Points.Count.ShouldBe(series.Total.Points.Count);
        earlier
            .Lines.Select(static line => (line.Names.FirstOrDefault(), line.Values[0].Value))
            .ShouldBe([("a", 3), (null, 7)]);
    }

    [Theory]
    [InlineData("1h", SeriesBucket.Minute)]
    [InlineData("24h", SeriesBucket.Hour)]
    [InlineData("7d", SeriesBucket.Hour)]
    [InlineData("30d", SeriesBucket.Day)]
    [InlineData("last_year", SeriesBucket.Week)]
    [InlineData("2000d", SeriesBucket.Month)]
    public async Task The_length_of_buckets_follows_the_range(string range, SeriesBucket bucket)
    {
        await using var ledger = await CreateAsync(Call(TimeSpan.FromMinutes(5)));

        var series = await ReadAsync(ledger, new SeriesRequest(Scope(range)));

        series.Bucket.ShouldBe(bucket);
        series.Total.Points.Count.ShouldBeInRange(6, 201);
        series.IsFromRecords.ShouldBe(bucket == SeriesBucket.Minute);
    }

    [Fact]
    public async Task Refuses_series_that_would_be_too_large_and_names_the_parameter()
    {
        await using var ledger = await CreateAsync(Call(TimeSpan.FromMinutes(5)));
        await RefuseAsync("bucket", new SeriesRequest(Scope("2d")) { Bucket = SeriesBucket.Minute });
        await RefuseAsync("group", new SeriesRequest(Scope("1h")) { Group = UsageDimension.Session });
        await RefuseAsync("group", new SeriesRequest(Scope("8d")) { Group = UsageDimension.EndUser, Top = 5 });
        await RefuseAsync("subgroup", new SeriesRequest(Scope()) { Subgroup = UsageDimension.Model });
        await RefuseAsync("top", new SeriesRequest(Scope()) { Group = UsageDimension.Model, Top = 26 });
        await RefuseAsync("measures", new SeriesRequest(Scope()) { Measures = [] });
        await RefuseAsync(
            "cumulative",
            new SeriesRequest(Scope()) { Measures = [UsageMeasure.CacheShare], IsCumulative = true }
        );
        (
            await ReadAsync(ledger, new SeriesRequest(Scope("1h")) { Group = UsageDimension.Session, Top = 5 })
        ).Lines.ShouldHaveSingleItem();

        async Task RefuseAsync(string field, SeriesRequest request) =>
            (await Should.ThrowAsync<OperationException>(() => ReadAsync(ledger, request))).Field.ShouldBe(field);
    }

    [Fact]
    public async Task Json_has_money_as_text_and_times_with_their_offset()
    {
        await using var ledger = await CreateAsync(Call(TimeSpan.FromHours(1), usd: 0.000000000001m));
        var range = TimeRangeParser.Parse(new TimeRangeText("today", Zone: "Asia/Kolkata"), Now);

        var series = await ReadAsync(
            ledger,
            new SeriesRequest(new UsageScope(range))
            {
                Measures = [UsageMeasure.Cost, UsageMeasure.CacheShare],
                Bucket = SeriesBucket.Day,
            }
        );

        var json = JsonSerializer.SerializeToElement(series, OperationsJson.Default.SeriesResult);
        var point = json.GetProperty("total").GetProperty("points")[0];
        point.GetProperty("start").GetString().ShouldBe("2026-07-15T00:00:00+05:30");
        point.GetProperty("is_partial").GetBoolean().ShouldBeTrue();
        point.GetProperty("values").GetRawText().ShouldBe("[\"0.000000000001\",0.25]");
        json.GetProperty("measures").GetRawText().ShouldBe("[\"cost\",\"cache_share\"]");
        json.GetProperty("range").GetProperty("from").GetString().ShouldBe("2026-07-14T18:30:00Z");
        json.GetProperty("range").GetProperty("time_zone").GetString().ShouldBe("Asia/Kolkata");
        (json.GetProperty("currency").GetString(), json.GetProperty("bucket").GetString()).ShouldBe(("USD", "day"));
    }

    private static Task<SeriesResult> ReadAsync(UsageWorkspace ledger, SeriesRequest request) =>
        ledger.Usage.SeriesAsync(request, TestContext.Current.CancellationToken);
}
