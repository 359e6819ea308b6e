using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using Tollgate.Accounting.Usage;
using Tollgate.Api.Endpoints.Usage;
using Tollgate.Api.Problems;
using Tollgate.Api.Requests;
using Tollgate.Api.Responses;
using Tollgate.Api.Routing;
using Tollgate.Operations.Usage;
using Tollgate.Operations.Usage.Calls;
using Tollgate.Operations.Usage.Figures;
using Tollgate.Operations.Usage.Scopes;
using Tollgate.Operations.Usage.Series;
using Tollgate.Operations.Usage.Summaries;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Api.Compatibility.TokenTracker;

/// <summary>Usage by day and model, on the same sums as all other totals.</summary>
internal sealed class TokenUsageEndpoints(Workspace workspace)
{
    private static readonly UsageMeasure[] Measures =
    [
        UsageMeasure.InputTokens,
        UsageMeasure.OutputTokens,
        UsageMeasure.TotalTokens,
        UsageMeasure.Cost,
        UsageMeasure.Calls,
        UsageMeasure.Unpriced,
    ];

    private const int MaxModels = 1000;

    private readonly UsageReachResolver _reaches = new(workspace);

    /// <summary>The routes with their implementations.</summary>
    public IReadOnlyList<ApiEndpoint> All =>
        [
            new(TokenTrackerRoutes.Health, GetHealthAsync),
            new(TokenTrackerRoutes.Usage, ListAsync),
            new(TokenTrackerRoutes.Summary, SummarizeAsync),
        ];

    private Task<ApiResponse> GetHealthAsync(ApiRequest request, CancellationToken cancellationToken) =>
        Task.FromResult<ApiResponse>(
            new JsonResponse<HealthShape>(new HealthShape("ok", workspace.Now), TokenTrackerJson.Default.HealthShape)
        );

    private async Task<ApiResponse> ListAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var usage = await OpenAsync(request, cancellationToken);
        var scope = ReadScope(request);
        if (request.Get(TokenTrackerRoutes.Model) is { } model)
            scope = scope with { Filters = [UsageFilter.Equal(UsageDimension.Model, model)] };
        var page = await usage.ListCallsAsync(
            new CallListRequest(scope)
            {
                Limit = request.Get(TokenTrackerRoutes.Limit),
                After = request.Get(TokenTrackerRoutes.After),
            },
            cancellationToken
        );
        if (page.Page.Next is { } next)
            request.Http.Response.Headers.Link = $"<{FormatNext(request, next)}>; rel=\"next\"";
        return new JsonResponse<IReadOnlyList<UsageShape>>(
            [.. page.Data.Select(Create)],
            TokenTrackerJson.Default.IReadOnlyListUsageShape
        );
    }

    private async Task<ApiResponse> SummarizeAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var usage = await OpenAsync(request, cancellationToken);
        var scope = ReadScope(request);
        if (request.Get(TokenTrackerRoutes.Model) is { } model)
            scope = scope with { Filters = [UsageFilter.Equal(UsageDimension.Model, model)] };
        var days = await usage.SeriesAsync(
            new SeriesRequest(scope) { Measures = Measures, Bucket = SeriesBucket.Day },
            cancellationToken
        );
        var models = await usage.SeriesAsync(
            new SeriesRequest(scope)
            {
                Measures = Measures,
                Bucket = SeriesBucket.None,
                Group = UsageDimension.Model,
                Top = MaxModels,
            },
            cancellationToken
        );
        var total = await usage.SummarizeAsync(new SummaryRequest(scope), cancellationToken);
        return new JsonResponse<SummaryShape>(
            new SummaryShape(
                Create(total.Totals.Totals),
                [.. models.Lines.Select(CreateModel)],
                // A day may have nothing but corrections.
                [.. days.Total.Points.Where(static point => point.Totals != new UsageTotals()).Select(CreateDay)]
            ),
            TokenTrackerJson.Default.SummaryShape
        );
    }

    private async Task<UsageOperations> OpenAsync(ApiRequest request, CancellationToken cancellationToken) =>
        new(workspace, await _reaches.ResolveAsync(request.Principal.Reach, cancellationToken));

    private UsageScope ReadScope(ApiRequest request)
    {
        var zone = request.Get(TokenTrackerRoutes.Zone);
        var today = TimeZoneInfo.ConvertTime(workspace.Now, zone).Date;
        var from = ReadDay(TokenTrackerRoutes.StartDate.Name, request.Get(TokenTrackerRoutes.StartDate));
        var to = ReadDay(TokenTrackerRoutes.EndDate.Name, request.Get(TokenTrackerRoutes.EndDate)) ?? today;
        var start = from ?? to.AddDays(-7);
        if (start > to)
            throw ProblemException.Invalid(
                new ProblemError
                {
                    Parameter = TokenTrackerRoutes.StartDate.Name,
                    Code = "invalid_value",
                    Message = string.Create(
                        CultureInfo.InvariantCulture,
                        $"start_date {start:yyyy-MM-dd} must not be after end_date {to:yyyy-MM-dd}."
                    ),
                }
            );
        return new UsageScope(
            new TimeRange
            {
                From = UsageBuckets.Midnight(start, zone),
                To = UsageBuckets.Midnight(to.AddDays(1), zone),
                Zone = zone,
            }
        );
    }

    private static DateTime? ReadDay(string parameter, string? text)
    {
        if (text is null)
            return null;
        if (
            DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day.Year is >= 1970 and < 9000
        )
            return day.ToDateTime(TimeOnly.MinValue);
        throw ProblemException.Invalid(
            new ProblemError
            {
                Parameter = parameter,
                Code = "invalid_value",
                Message = $"{parameter} must be a day such as 2026-11-01, not '{text}'.",
            }
        );
    }

    private static string FormatNext(ApiRequest request, string cursor)
    {
        var query = request
            .Http.Request.Query.Where(static pair => pair.Key != TokenTrackerRoutes.After.Name)
            .Append(new(TokenTrackerRoutes.After.Name, cursor));
        return request.Http.Request.PathBase + request.Http.Request.Path + new QueryBuilder(query).ToQueryString();
    }

    private static UsageShape Create(CallEntry call) =>
        new()
        {
            Id = $"{call.CallId}-{call.Attempt}",
            RequestId = call.CallId,
            Timestamp = call.StartedAt,
            Model = call.Model,
            PromptTokens = call.Tokens.InputTokens,
            CompletionTokens = call.Tokens.OutputTokens,
            TotalTokens = call.Tokens.TotalTokens,
            EstimatedCost = call.Cost?.Usd,
            Endpoint = call.Operation,
            Status = call.IsError ? "error" : "success",
            Latency = call.DurationS,
        };

    private static TotalsShape CreateModel(SeriesLine line) =>
        Create(line.Points[0].Totals) with
        {
            Model = line.IsOther ? "other" : line.Names[0] ?? "",
        };

    private static TotalsShape Create(UsageTotals totals) =>
        new()
        {
            PromptTokens = totals.Usage.InputTokens,
            CompletionTokens = totals.Usage.OutputTokens,
            TotalTokens = totals.Usage.TotalTokens,
            EstimatedCost = totals.Cost.Usd,
            RequestCount = totals.Calls,
            UnpricedCount = totals.Unpriced,
        };

    private static TotalsShape CreateDay(SeriesPoint point) =>
        Create(point.Totals) with
        {
            Date = point.Start.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        };
}
