using Tollgate.Accounting.Usage;
using Tollgate.Metering.Usage;
using Tollgate.Operations.Keys;

namespace Tollgate.Api.Compatibility.LiteLlm.Activity;

/// <summary>Adds up rows by day and by each dimension.</summary>
/// <param name="keys">The names and teams of keys by their ids.</param>
internal sealed class ActivityShapeBuilder(IReadOnlyDictionary<string, KeyDetails> keys)
{
    /// <summary>The name of the group of calls that have no value.</summary>
    public const string None = "none";

    /// <summary>Returns a page of days with the totals of all rows.</summary>
    /// <param name="rows">The rows of the whole range.</param>
    /// <param name="page">The number of the page, from 1.</param>
    /// <param name="pageSize">The maximum number of days on it.</param>
    public ActivityShape Create(IReadOnlyList<ActivityRow> rows, int page, int pageSize)
    {
        var days = rows.GroupBy(static row => row.Day)
            .OrderByDescending(static day => day.Key, StringComparer.Ordinal)
            .ToList();
        var totals = CreateMetrics(rows);
        var pages = Math.Max(1, (days.Count + pageSize - 1) / pageSize);
        return new ActivityShape(
            [.. days.Skip((page - 1) * pageSize).Take(pageSize).Select(day => CreateDay(day.Key, [.. day]))],
            new ActivityTotalsShape
            {
                TotalSpend = totals.Spend,
                TotalPromptTokens = totals.PromptTokens,
                TotalCompletionTokens = totals.CompletionTokens,
                TotalTokens = totals.TotalTokens,
                TotalApiRequests = totals.ApiRequests,
                TotalSuccessfulRequests = totals.SuccessfulRequests,
                TotalFailedRequests = totals.FailedRequests,
                TotalUnpricedRequests = totals.UnpricedRequests,
                TotalCacheReadInputTokens = totals.CacheReadInputTokens,
                TotalCacheCreationInputTokens = totals.CacheCreationInputTokens,
                Page = page,
                TotalPages = pages,
                HasMore = page < pages,
            }
        );
    }

    private DayShape CreateDay(string day, IReadOnlyList<ActivityRow> rows) =>
        new(
            day,
            CreateMetrics(rows),
            new BreakdownShape
            {
                Models = Group(rows, static row => row.Model),
                Providers = Group(rows, static row => row.Provider),
                ApiKeys = GroupByKey(rows),
                Entities = Group(rows, static row => row.Entity),
            }
        );

    private Dictionary<string, GroupShape> Group(IReadOnlyList<ActivityRow> rows, Func<ActivityRow, string> name) =>
        rows.GroupBy(name, StringComparer.Ordinal)
            .ToDictionary(
                static group => group.Key,
                group => new GroupShape { Metrics = CreateMetrics(group), ApiKeyBreakdown = GroupByKey(group) },
                StringComparer.Ordinal
            );

    private Dictionary<string, KeyGroupShape> GroupByKey(IEnumerable<ActivityRow> rows) =>
        rows.GroupBy(static row => row.Key, StringComparer.Ordinal)
            .ToDictionary(
                static group => group.Key,
                group =>
                {
                    var key = keys.GetValueOrDefault(group.Key);
                    return new KeyGroupShape(CreateMetrics(group), new KeyNamesShape(key?.Name, key?.Team));
                },
                StringComparer.Ordinal
            );

    private static MetricsShape CreateMetrics(IEnumerable<ActivityRow> rows)
    {
        var totals = rows.Aggregate(new UsageTotals(), static (sum, row) => sum + row.Totals);
        var usage = totals.Usage;
        return new MetricsShape
        {
            Spend = totals.Cost.Usd,
            PromptTokens = usage.InputTokens,
            CompletionTokens = usage.OutputTokens,
            CacheReadInputTokens = usage.CachedTokens,
            CacheCreationInputTokens = usage[UsageKind.CacheWrite5m] + usage[UsageKind.CacheWrite1h],
            TotalTokens = usage.TotalTokens,
            SuccessfulRequests = totals.Calls - totals.Errors,
            FailedRequests = totals.Errors,
            ApiRequests = totals.Calls,
            UnpricedRequests = totals.Unpriced,
        };
    }
}
