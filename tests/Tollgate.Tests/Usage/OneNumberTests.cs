using System.Globalization;
using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;
using Tollgate.Operations.Usage;
using Tollgate.Operations.Usage.Calls;
using Tollgate.Operations.Usage.Facets;
using Tollgate.Operations.Usage.Figures;
using Tollgate.Operations.Usage.Scopes;
using Tollgate.Operations.Usage.Series;
using Tollgate.Operations.Usage.Summaries;
using Tollgate.Operations.Workspaces;
using Tollgate.Testing;

namespace Tollgate.Tests.Usage;

/// <summary>
/// Every total of a range and its conditions is the same number, to the last digit, wherever it is shown: as a summary,
/// as the sum of a series, of groups, of pages and of facets, and as the database itself adds it up.
/// </summary>
public abstract class OneNumberTests : IAsyncDisposable
{
    private static readonly string[] Zones =
    [
        "UTC",
        "Europe/Berlin",
        "Asia/Kolkata",
        "Asia/Kathmandu",
        "Australia/Lord_Howe",
        "America/St_Johns",
    ];

    private static readonly UsageDimension[] Groups =
    [
        UsageDimension.Model,
        UsageDimension.Provider,
        UsageDimension.Key,
        UsageDimension.User,
        UsageDimension.Project,
        UsageDimension.Application,
        UsageDimension.ModelGroup,
        UsageDimension.Operation,
    ];

    private readonly TemporaryFolder _folder = new();
    private Workspace? _workspace;

    /// <summary>Records in the store, and returns the options to read it.</summary>
    protected abstract Task<LedgerOptions> FillAsync(LedgerOptions options, IReadOnlyList<UsageRecord> records);

    /// <summary>
    /// A statement that returns the number of calls, the total tokens, and the cost in US dollars or picodollars.
    /// </summary>
    protected abstract string CreateStatement(UsagePeriod period);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_workspace is not null)
            await _workspace.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20260320)]
    public async Task Every_total_of_a_range_is_one_number(int seed)
    {
        var random = new Random(seed);
        var records = GeneratedLedger.Create(random, 1500);
        var options = await FillAsync(new LedgerOptions { DataFolder = _folder.Path }, records);
        _workspace = new Workspace(new WorkspaceOptions { Ledger = options });

        for (var i = 0; i < 20; i++)
        {
            var reach =
                random.Next(3) == 0 ? UsageReach.Limited(["key-1"], ["user-2"], ["project-0"]) : UsageReach.Everything;
            var scope = RandomScope(random, records);
            var expected = GeneratedLedger.Sum(
                records.Where(record =>
                    scope.Range.Period.Contains(record.StartedAt)
                    && record.Matches(scope.Where)
                    && reach.Includes(record)
                )
            );
            var usage = new UsageOperations(_workspace, reach);
            await SummaryShouldBeAsync(usage, scope, expected);
            await SeriesShouldAddUpAsync(usage, scope, expected, random);
            await PagesShouldAddUpAsync(usage, scope, expected, random);
            await FacetsShouldAddUpAsync(usage, scope, expected, random);
            if (scope.Filters.Count == 0 && reach.IsEverything)
                await StatementShouldAgreeAsync(scope, expected);
        }
    }

    private static async Task SummaryShouldBeAsync(UsageOperations usage, UsageScope scope, UsageTotals expected)
    {
        var summary = await usage.SummarizeAsync(
            new SummaryRequest(scope) { Comparison = scope.Range },
            TestContext.Current.CancellationToken
        );

        summary.Totals.Totals.ShouldBe(expected);
        summary.Comparison!.Totals.Totals.ShouldBe(expected);
    }

    private static async Task SeriesShouldAddUpAsync(
        UsageOperations usage,
        UsageScope scope,
        UsageTotals expected,
        Random random
    )
    {
        foreach (var bucket in new[] { SeriesBucket.None, SeriesBucket.Hour, SeriesBucket.Day, SeriesBucket.Week })
        {
            var group = Groups[random.Next(Groups.Length)];
            var subgroup = Groups[random.Next(Groups.Length)];
            var series = await usage.SeriesAsync(
                new SeriesRequest(scope)
                {
                    Bucket = bucket,
                    Group = group,
                    Subgroup = subgroup == group || random.Next(2) == 0 ? null : subgroup,
                    Top = random.Next(1, 9),
                    Measures = [UsageMeasure.Cost, UsageMeasure.TotalTokens],
                    Comparison = scope.Range,
                },
                TestContext.Current.CancellationToken
            );

            Sum(series.Total).ShouldBe(expected);
            Sum(series.Comparison!.Total).ShouldBe(expected);
            series.Lines.Select(Sum).Aggregate(new UsageTotals(), static (sum, line) => sum + line).ShouldBe(expected);
            for (var step = 0; step < series.Total.Points.Count; step++)
                series
                    .Lines.Aggregate(new UsageTotals(), (sum, line) => sum + line.Points[step].Totals)
                    .ShouldBe(series.Total.Points[step].Totals);
            (series.Unpriced, series.Estimated).ShouldBe((expected.Unpriced, expected.Estimated));
        }
    }

    private static async Task PagesShouldAddUpAsync(
        UsageOperations usage,
        UsageScope scope,
        UsageTotals expected,
        Random random
    )
    {
        var request = new CallListRequest(scope)
        {
            Sort = (UsageSort)random.Next(4),
            IsAscending = random.Next(2) == 0,
            Limit = random.Next(40, 500),
        };
        var forward = new List<UsageRecord>();
        CallPage page;
        do
        {
            page = await usage.ListCallsAsync(request, TestContext.Current.CancellationToken);
            forward.AddRange(page.Data.Select(static entry => entry.Record!));
            request = request with { After = page.Page.Next };
        } while (page.Page.Next is not null);

        GeneratedLedger.Sum(forward).ShouldBe(expected);
        var backward = page.Data.Select(static entry => entry.Record!).ToList();
        while (page.Page.Previous is { } previous)
        {
            page = await usage.ListCallsAsync(
                request with
                {
                    After = null,
                    Before = previous,
                },
                TestContext.Current.CancellationToken
            );
            backward.InsertRange(0, page.Data.Select(static entry => entry.Record!));
        }

        backward.Select(static record => record.Id).ShouldBe(forward.Select(static record => record.Id));
    }

    private static async Task FacetsShouldAddUpAsync(
        UsageOperations usage,
        UsageScope scope,
        UsageTotals expected,
        Random random
    )
    {
        var facets = await usage.FacetsAsync(
            new FacetRequest(scope, Groups[random.Next(Groups.Length)]) { Top = random.Next(1, 5) },
            TestContext.Current.CancellationToken
        );

        facets.IsCapped.ShouldBeFalse();
        (facets.Values.Sum(static value => value.Calls) + facets.Other.Calls).ShouldBe(expected.Calls);
        (facets.Values.Sum(static value => value.Unpriced) + facets.Other.Unpriced).ShouldBe(expected.Unpriced);
        (facets.Values.Sum(static value => value.Cost?.Usd ?? 0) + (facets.Other.Cost?.Usd ?? 0)).ShouldBe(
            expected.Cost.Usd
        );
    }

    private async Task StatementShouldAgreeAsync(UsageScope scope, UsageTotals expected)
    {
        var result = await _workspace!
            .OpenQuery()
            .SelectAsync(
                CreateStatement(scope.Range.Period),
                TimeSpan.FromMinutes(1),
                TestContext.Current.CancellationToken
            );

        var row = result.Rows.ShouldHaveSingleItem();
        Convert.ToInt64(row[0], CultureInfo.InvariantCulture).ShouldBe(expected.Calls);
        Convert.ToInt64(row[1], CultureInfo.InvariantCulture).ShouldBe(expected.Usage.TotalTokens);
        (
            row[2] is long pico
                ? pico / (decimal)Money.PicoPerUsd
                : Convert.ToDecimal(row[2], CultureInfo.InvariantCulture)
        ).ShouldBe(expected.Cost.Usd);
    }

    private static UsageTotals Sum(SeriesLine line) =>
        line.Points.Aggregate(new UsageTotals(), static (sum, point) => sum + point.Totals);

    private static UsageScope RandomScope(Random random, List<UsageRecord> records)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(Zones[random.Next(Zones.Length)]);
        var from = RandomTime(random, zone);
        var to = RandomTime(random, zone);
        if (from > to)
            (from, to) = (to, from);
        return new UsageScope(
            new TimeRange
            {
                From = from,
                To = to > from ? to : from.AddHours(1),
                Zone = zone,
            }
        )
        {
            Filters = [.. Enumerable.Range(0, random.Next(3)).Select(_ => RandomFilter(random, records))],
            Search = random.Next(8) == 0 ? "R-1" : null,
        };
    }

    /// <summary>On the start of a day, of a quarter of an hour, or anywhere.</summary>
    private static DateTimeOffset RandomTime(Random random, TimeZoneInfo zone)
    {
        var time = GeneratedLedger.Start.AddMicroseconds(
            random.NextInt64((long)GeneratedLedger.Length.TotalMicroseconds)
        );
        return random.Next(3) switch
        {
            0 => UsageBucket.Day.FloorToBucket(time, zone),
            1 => UsageSlot.Floor(time),
            _ => time,
        };
    }

    private static UsageFilter RandomFilter(Random random, List<UsageRecord> records)
    {
        var dimension = Groups[random.Next(Groups.Length)];
        var values = Enumerable.Range(0, 3).Select(_ => records[random.Next(records.Count)].GetValue(dimension));
        return random.Next(5) switch
        {
            0 => DimensionFilter.NotIn(dimension, values),
            1 => new PropertyFilter((UsageProperty)random.Next(4), random.Next(2) == 0),
            2 => new CostFilter(Money.Round(random.Next(3)), null),
            _ => DimensionFilter.In(dimension, values),
        };
    }
}
