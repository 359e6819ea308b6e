using Tollgate.Accounting.Usage;
using Tollgate.Operations.Usage;
using Tollgate.Operations.Usage.Calls;
using Tollgate.Operations.Usage.Facets;
using Tollgate.Operations.Usage.Figures;
using Tollgate.Operations.Usage.Scopes;
using Tollgate.Operations.Usage.Series;
using Tollgate.Operations.Usage.Summaries;

namespace Tollgate.Ledger.Bench;

/// <summary>The questions of <see cref="ScaleRun"/>; the result of each is its number of rows.</summary>
internal sealed class ScaleQuestions
{
    private readonly UsageOperations _usage;

    private ScaleQuestions(UsageOperations usage) => _usage = usage;

    public static IEnumerable<(string Name, Func<Task<int>> Ask)> Create(UsageOperations usage)
    {
        var own = new ScaleQuestions(usage);
        return [.. own.Summaries(), .. own.Series(), .. own.Facets(), .. own.Lists()];
    }

    private IEnumerable<(string, Func<Task<int>>)> Summaries() =>
        [
            ("summary, 30 days", () => SummaryAsync(Scope(30))),
            ("summary, a year", () => SummaryAsync(Scope(365))),
            ("summary, a year, Berlin", () => SummaryAsync(Scope(365, "Europe/Berlin"))),
            ("summary of a key, 30 days", () => SummaryAsync(Key(Scope(30)))),
            ("summary of a key, a year, Berlin", () => SummaryAsync(Key(Scope(365, "Europe/Berlin")))),
            ("summary of a user, 30 days", () => SummaryAsync(Where(Scope(30), UsageDimension.User, "user-007"))),
            ("summary of a model, 30 days", () => SummaryAsync(Model(Scope(30)))),
            ("summary of a model of a project, 30 days", () => SummaryAsync(Model(Project(Scope(30))))),
        ];

    private IEnumerable<(string, Func<Task<int>>)> Series() =>
        [
            ("series, 30 days by day", () => SeriesAsync(Scope(30))),
            ("series, a year by day, Berlin", () => SeriesAsync(Scope(365, "Europe/Berlin"), bucket: SeriesBucket.Day)),
            ("by model, 30 days", () => SeriesAsync(Scope(30), UsageDimension.Model)),
            ("by model, 30 days, Berlin", () => SeriesAsync(Scope(30, "Europe/Berlin"), UsageDimension.Model)),
            (
                "by model, 30 days, Los Angeles",
                () => SeriesAsync(Scope(30, "America/Los_Angeles"), UsageDimension.Model)
            ),
            ("by model, 30 days, Kathmandu", () => SeriesAsync(Scope(30, "Asia/Kathmandu"), UsageDimension.Model)),
            (
                "by model, 30 days, Berlin, tokens",
                () => SeriesAsync(Scope(30, "Europe/Berlin"), UsageDimension.Model, measure: UsageMeasure.TotalTokens)
            ),
            ("by model, 90 days, Berlin", () => SeriesAsync(Scope(90, "Europe/Berlin"), UsageDimension.Model)),
            ("by model, a year by week, Berlin", () => SeriesAsync(Scope(365, "Europe/Berlin"), UsageDimension.Model)),
            ("by model, 7 days by hour", () => SeriesAsync(Scope(7), UsageDimension.Model)),
            ("by project, 30 days, Berlin", () => SeriesAsync(Scope(30, "Europe/Berlin"), UsageDimension.Project)),
            ("by key, 30 days", () => SeriesAsync(Scope(30), UsageDimension.Key)),
            ("by key, 30 days, Berlin", () => SeriesAsync(Scope(30, "Europe/Berlin"), UsageDimension.Key)),
            ("by key, a year by week, Berlin", () => SeriesAsync(Scope(365, "Europe/Berlin"), UsageDimension.Key)),
            ("by user, 30 days, Berlin", () => SeriesAsync(Scope(30, "Europe/Berlin"), UsageDimension.User)),
            (
                "a key by model, 30 days, Berlin",
                () => SeriesAsync(Key(Scope(30, "Europe/Berlin")), UsageDimension.Model)
            ),
            (
                "a project by model, 30 days, Berlin",
                () => SeriesAsync(Project(Scope(30, "Europe/Berlin")), UsageDimension.Model)
            ),
        ];

    private IEnumerable<(string, Func<Task<int>>)> Facets() =>
        [
            ("facets of models, a year", () => FacetsAsync(Scope(365), UsageDimension.Model)),
            ("facets of keys, 30 days", () => FacetsAsync(Scope(30), UsageDimension.Key)),
            ("facets of keys, a year", () => FacetsAsync(Scope(365), UsageDimension.Key)),
            ("facets of users, 30 days, Berlin", () => FacetsAsync(Scope(30, "Europe/Berlin"), UsageDimension.User)),
            ("facets of sessions, 30 days", () => FacetsAsync(Scope(30), UsageDimension.Session)),
            ("facets of applications, a year", () => FacetsAsync(Scope(365), UsageDimension.Application)),
        ];

    private IEnumerable<(string, Func<Task<int>>)> Lists()
    {
        var error = new PropertyFilter(UsageProperty.Error);
        var rare = Where(Scope(365), UsageDimension.Key, $"key-{ScaleCalls.Keys - 10:D4}");
        return
        [
            ("first page of 50, a year", () => ListAsync(new CallListRequest(Scope(365)))),
            ("page in the middle of the year", DeepAsync),
            ("page of a frequent key", () => ListAsync(new CallListRequest(Key(Scope(365))))),
            ("page of a rare key", () => ListAsync(new CallListRequest(rare))),
            ("page of a rare key, oldest first", () => ListAsync(new CallListRequest(rare) { IsAscending = true })),
            (
                "page of a user",
                () => ListAsync(new CallListRequest(Where(Scope(365), UsageDimension.User, "user-007")))
            ),
            ("page of errors", () => ListAsync(new CallListRequest(Scope(365) with { Filters = [error] }))),
            ("page of errors of a key", () => ListAsync(new CallListRequest(Key(Scope(365), error)))),
            (
                "page of a session",
                () => ListAsync(new CallListRequest(Where(Scope(365), UsageDimension.Session, "session-0003-000100")))
            ),
            ("search for a key", () => ListAsync(new CallListRequest(Scope(30) with { Search = "KEY-0042" }))),
            ("search for a rare key", () => ListAsync(new CallListRequest(Scope(30) with { Search = "KEY-1990" }))),
            (
                "search without a match",
                () => ListAsync(new CallListRequest(Scope(30) with { Search = "no such name" }))
            ),
            ("highest cost, a day", () => ListAsync(new CallListRequest(Scope(1)) { Sort = UsageSort.Cost })),
            ("highest cost, 7 days", () => ListAsync(new CallListRequest(Scope(7)) { Sort = UsageSort.Cost })),
            ("highest cost, 30 days", () => ListAsync(new CallListRequest(Scope(30)) { Sort = UsageSort.Cost })),
            ("longest, 30 days", () => ListAsync(new CallListRequest(Scope(30)) { Sort = UsageSort.Duration })),
        ];
    }

    private string? _middle;

    /// <summary>The cursor of the first half's first page belongs to the year as well.</summary>
    private async Task<int> DeepAsync()
    {
        var half = Scope(365, end: ScaleCalls.End.AddDays(-180));
        _middle ??= (await _usage.ListCallsAsync(new CallListRequest(half), default)).Page.Next;
        return await ListAsync(new CallListRequest(Scope(365)) { After = _middle });
    }

    private async Task<int> SummaryAsync(UsageScope scope)
    {
        await _usage.SummarizeAsync(new SummaryRequest(scope), default);
        return 1;
    }

    private async Task<int> SeriesAsync(
        UsageScope scope,
        UsageDimension? group = null,
        SeriesBucket bucket = SeriesBucket.Auto,
        UsageMeasure measure = UsageMeasure.Cost
    )
    {
        var request = new SeriesRequest(scope)
        {
            Group = group,
            Bucket = bucket,
            Measures = [measure],
        };
        var series = await _usage.SeriesAsync(request, default);
        return series.Total.Points.Count * Math.Max(1, series.Lines.Count);
    }

    private async Task<int> FacetsAsync(UsageScope scope, UsageDimension field) =>
        (await _usage.FacetsAsync(new FacetRequest(scope, field), default)).ValueCount;

    private async Task<int> ListAsync(CallListRequest request) =>
        (await _usage.ListCallsAsync(request, default)).Data.Count;

    private static UsageScope Key(UsageScope scope, params UsageFilter[] others) =>
        Where(scope, UsageDimension.Key, "key-0007") with
        {
            Filters = [UsageFilter.Equal(UsageDimension.Key, "key-0007"), .. others],
        };

    private static UsageScope Model(UsageScope scope) => Where(scope, UsageDimension.Model, "model-03-2026-01-15");

    private static UsageScope Project(UsageScope scope) => Where(scope, UsageDimension.Project, "project-07");

    private static UsageScope Where(UsageScope scope, UsageDimension dimension, string name) =>
        scope with
        {
            Filters = [.. scope.Filters, UsageFilter.Equal(dimension, name)],
        };

    /// <summary>The last days, up to a local midnight.</summary>
    private static UsageScope Scope(int days, string zone = "UTC", DateTimeOffset? end = null)
    {
        var clock = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var to = (end ?? ScaleCalls.End).UtcDateTime.Date.AddDays(-1);
        return new UsageScope(
            new TimeRange
            {
                From = UsageBuckets.Midnight(to.AddDays(-days), clock),
                To = UsageBuckets.Midnight(to, clock),
                Zone = clock,
            }
        );
    }
}
