using System.Globalization;
using Tollgate.Accounting.Usage;
using Tollgate.Api.Requests;
using Tollgate.Api.Responses;
using Tollgate.Api.Routing;
using Tollgate.Metering.Limits;
using Tollgate.Operations.Limits;
using Tollgate.Operations.Providers;
using Tollgate.Operations.Usage;
using Tollgate.Operations.Usage.Figures;
using Tollgate.Operations.Usage.Scopes;
using Tollgate.Operations.Usage.Series;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Api.Compatibility.LlmMonitoring;

/// <summary>The status of providers, and the statistics of all calls, from the same sums as all other totals.</summary>
internal sealed class LlmMonitoringEndpoints(Workspace workspace, ProviderSource providers)
{
    private const int ListedDays = 366;

    /// <summary>The digits of amounts in the ledger.</summary>
    private const int Decimals = 12;

    private static readonly UsageMeasure[] Measures = [UsageMeasure.Cost, UsageMeasure.TotalTokens, UsageMeasure.Calls];

    private readonly LimitOperations _limits = new(workspace);

    /// <summary>The routes with their implementations.</summary>
    public IReadOnlyList<ApiEndpoint> All =>
        [
            new(LlmMonitoringRoutes.Status, GetStatusAsync),
            new(LlmMonitoringRoutes.PatternStatus, GetStatusAsync),
            new(LlmMonitoringRoutes.Statistics, GetStatisticsAsync),
            new(LlmMonitoringRoutes.PatternStatistics, GetStatisticsAsync),
        ];

    private Task<ApiResponse> GetStatusAsync(ApiRequest request, CancellationToken cancellationToken) =>
        Task.FromResult<ApiResponse>(
            new JsonResponse<StatusShape>(ProviderStatus.Create(providers), LlmMonitoringJson.Default.StatusShape)
        );

    private async Task<ApiResponse> GetStatisticsAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var now = workspace.Now;
        var today = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        var total = await workspace.OpenQuery().TotalsAsync(UsagePeriod.All, cancellationToken: cancellationToken);
        var hour = await ReadAsync(now.AddHours(-1), now, SeriesBucket.None, cancellationToken);
        var days = await ReadAsync(
            today.AddDays(1 - ListedDays),
            today.AddDays(1),
            SeriesBucket.Day,
            cancellationToken
        );
        var recent = hour.Total.Points[0].Totals;
        var priced = total.Calls - total.Unpriced;
        return new JsonResponse<StatisticsShape>(
            new StatisticsShape
            {
                TotalRequests = total.Calls,
                TotalTokens = total.Usage.TotalTokens,
                TotalCost = total.Cost.Usd,
                AverageCost = priced > 0 ? decimal.Round(total.Cost.Usd / priced, Decimals) : 0,
                RecentHour = new RecentHourShape(recent.Calls, recent.Usage.TotalTokens, recent.Cost.Usd),
                DailyCosts = days
                    .Total.Points.Where(static day => day.Totals != new UsageTotals())
                    .ToDictionary(
                        static day => day.Start.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                        static day => day.Totals.Cost.Usd
                    ),
                RateLimits = await ReadLimitsAsync(cancellationToken),
            },
            LlmMonitoringJson.Default.StatisticsShape
        );
    }

    private Task<SeriesResult> ReadAsync(
        DateTimeOffset from,
        DateTimeOffset to,
        SeriesBucket bucket,
        CancellationToken cancellationToken
    ) =>
        new UsageOperations(workspace, UsageReach.Everything).SeriesAsync(
            new SeriesRequest(
                new UsageScope(
                    new TimeRange
                    {
                        From = from,
                        To = to,
                        Zone = TimeZoneInfo.Utc,
                    }
                )
            )
            {
                Measures = Measures,
                Bucket = bucket,
            },
            cancellationToken
        );

    private async Task<RateLimitsShape> ReadLimitsAsync(CancellationToken cancellationToken)
    {
        var all = (await _limits.ListAsync(cancellationToken)).Limits;
        return new RateLimitsShape(
            FindLowest(all, LimitMetric.Requests, "minute"),
            FindLowest(all, LimitMetric.TotalTokens, "minute"),
            FindLowest(all, LimitMetric.CostPerRequest, "at once"),
            FindLowest(all, LimitMetric.Cost, "day")
        );
    }

    /// <summary>The lowest amount of a metric for all calls: a bucket of a minute limits a minute, too.</summary>
    private static decimal? FindLowest(IReadOnlyList<LimitDetails> limits, LimitMetric metric, string window) =>
        limits
            .Where(limit =>
                limit.Metric == metric
                && limit.Scope.Count == 0
                && (limit.Window == window || limit.Window == "bucket " + window || limit.Window == "rolling " + window)
            )
            .Min(static limit => limit.Amount);
}
