using Tollgate.Accounting.Stores;
using Tollgate.Accounting.Usage;
using Tollgate.Operations;
using Tollgate.Operations.Usage;
using Tollgate.Operations.Usage.Calls;
using Tollgate.Operations.Usage.Facets;
using Tollgate.Operations.Usage.Scopes;
using Tollgate.Operations.Usage.Series;
using Tollgate.Operations.Usage.Summaries;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Ledger.Bench;

/// <summary>
/// The cost of the answers that the dashboard and the API show, on the ledger of <see cref="QueryRun"/>.
/// </summary>
internal static class UseCaseRun
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    public static async Task RunAsync(LedgerOptions options, TextWriter output)
    {
        // The store of a server belongs to the caller, so the workspace is not disposed of.
        var usage = new UsageOperations(
            new Workspace(new WorkspaceOptions { Ledger = options }),
            UsageReach.Everything
        );
        await output.WriteLineAsync();
        await output.WriteLineAsync("| answer | first ms | median ms of 20 |");
        await output.WriteLineAsync("| --- | ---: | ---: |");
        foreach (var (name, ask) in Questions(usage))
            try
            {
                await QueryRun.WriteTimeAsync(output, name, ask);
            }
            catch (OperationException refusal)
            {
                await output.WriteLineAsync($"| {name} | | refused: {refusal.Message} |");
            }
    }

    private static IEnumerable<(string Name, Func<Task<object>> Ask)> Questions(UsageOperations usage)
    {
        var month = Month(TimeZoneInfo.Utc);
        var local = Month(Berlin);
        var key = month with { Filters = [UsageFilter.Equal(UsageDimension.Key, "key-7")] };
        var day = new UsageScope(month.Range with { From = month.Range.To.AddDays(-1) });
        string? deep = null;
        return
        [
            ("summary of the month", () => SummarizeAsync(new SummaryRequest(month))),
            ("summary of one key", () => SummarizeAsync(new SummaryRequest(key))),
            ("summary of one key, Berlin", () => SummarizeAsync(new SummaryRequest(key with { Range = local.Range }))),
            (
                "summary of a day with percentiles",
                () => SummarizeAsync(new SummaryRequest(day) { WithPercentiles = true })
            ),
            ("series by day", () => SeriesAsync(new SeriesRequest(month))),
            ("series by day, Berlin", () => SeriesAsync(new SeriesRequest(local))),
            ("series by model and day", () => SeriesAsync(new SeriesRequest(month) { Group = UsageDimension.Model })),
            (
                "series by model and day, Berlin",
                () => SeriesAsync(new SeriesRequest(local) { Group = UsageDimension.Model })
            ),
            ("series by key and day", () => SeriesAsync(new SeriesRequest(month) { Group = UsageDimension.Key })),
            (
                "series by model and hour of a day",
                () => SeriesAsync(new SeriesRequest(day) { Group = UsageDimension.Model })
            ),
            ("facets of keys", () => FacetsAsync(new FacetRequest(month, UsageDimension.Key))),
            ("facets of sessions", () => FacetsAsync(new FacetRequest(month, UsageDimension.Session))),
            ("first page of 50", () => ListAsync(new CallListRequest(month))),
            ("page of 50 from the middle", DeepAsync),
            ("page of one key", () => ListAsync(new CallListRequest(key))),
            ("page of a search", () => ListAsync(new CallListRequest(month with { Search = "KEY-42" }))),
            ("dearest 50 of a day", () => ListAsync(new CallListRequest(day) { Sort = UsageSort.Cost })),
            ("dearest 50 of the month", () => ListAsync(new CallListRequest(month) { Sort = UsageSort.Cost })),
        ];

        async Task<object> SummarizeAsync(SummaryRequest request) => await usage.SummarizeAsync(request, default);

        async Task<object> SeriesAsync(SeriesRequest request) => await usage.SeriesAsync(request, default);

        async Task<object> FacetsAsync(FacetRequest request) => await usage.FacetsAsync(request, default);

        async Task<object> ListAsync(CallListRequest request) => await usage.ListCallsAsync(request, default);

        async Task<object> DeepAsync()
        {
            // The cursor of the first half's first page belongs to the month as well.
            var half = month with
            {
                Range = month.Range with { To = month.Range.From.AddDays(QueryRun.Days / 2) },
            };
            deep ??= (await usage.ListCallsAsync(new CallListRequest(half), default)).Page.Next;
            return await ListAsync(new CallListRequest(month) { After = deep });
        }
    }

    private static UsageScope Month(TimeZoneInfo zone)
    {
        var from = UsageBuckets.Midnight(QueryRun.Start.DateTime, zone);
        return new UsageScope(
            new TimeRange
            {
                From = from,
                To = from.AddDays(QueryRun.Days),
                Zone = zone,
            }
        );
    }
}
