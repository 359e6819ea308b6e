using Microsoft.AspNetCore.Http;
using Tollgate.Accounting.Usage;
using Tollgate.Dashboard.Figures;
using Tollgate.Dashboard.Layout;
using Tollgate.Dashboard.Requests;
using Tollgate.Dashboard.Routing;
using Tollgate.Dashboard.State;
using Tollgate.Identity.Permissions;
using Tollgate.Metering.Limits;
using Tollgate.Operations.Limits;
using Tollgate.Operations.Usage;
using Tollgate.Operations.Usage.Calls;
using Tollgate.Operations.Usage.Figures;
using Tollgate.Operations.Usage.Scopes;
using Tollgate.Operations.Usage.Series;
using Tollgate.Operations.Usage.Summaries;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Dashboard.Pages.Overview;

/// <summary>The first page.</summary>
internal sealed class OverviewEndpoints(Workspace workspace)
{
    private const int RowsOfList = 5,
        LatestCalls = 8,
        ShownBudgets = 5;

    /// <summary>The pages with their implementations.</summary>
    public IReadOnlyList<PageEndpoint> All =>
        [new(new PageRoute("GET", "/") { Permission = Permission.UsageRead }, ShowAsync)];

    private async Task<IResult> ShowAsync(PageRequest request, CancellationToken cancellationToken)
    {
        var (usage, state) = (new UsageOperations(workspace, request.Reach), request.State);
        var group = ReadGroup(request);
        var comparison = RangeComparison.Find(state.Compare ?? "previous", state.Range);
        var summary = await usage.SummarizeAsync(
            new SummaryRequest(state.Scope) { Comparison = comparison },
            cancellationToken
        );
        var series = await usage.SeriesAsync(
            new SeriesRequest(state.Scope) { Group = group.Dimension, Comparison = comparison },
            cancellationToken
        );
        return OverviewPage.Create(
            new OverviewModel(new FrameModel(request, "Overview", "") { HasRange = true })
            {
                Cards = CreateCards(summary, state),
                Chart = SeriesChart.Create(series, "Cost", group.Name, state),
                Group = group.Name,
                Lists =
                [
                    await ListAsync(usage, "Models", UsageDimension.Model, state, cancellationToken),
                    await ListAsync(usage, "Projects", UsageDimension.Project, state, cancellationToken),
                    await ListAsync(usage, "Users", UsageDimension.User, state, cancellationToken),
                ],
                Budgets = await FindBudgetsAsync(request, cancellationToken),
                Latest = request.May(Permission.CallsRead)
                    ? (
                        await usage.ListCallsAsync(
                            new CallListRequest(state.Scope) { Limit = LatestCalls },
                            cancellationToken
                        )
                    ).Data
                    : [],
                Now = workspace.Now,
                IsEmpty = summary.Totals.Calls == 0 && summary.Comparison?.Totals.Calls is null or 0,
            }
        );
    }

    private static List<FigureCard> CreateCards(SummaryResult summary, PageState state)
    {
        var (now, earlier) = (summary.Totals, summary.Comparison?.Totals);
        var calls = state.To("calls");
        return
        [
            new("Cost", Figure.Cost(now.Cost), Figure.ExactCost(now.Cost?.Usd))
            {
                Change = Compare(now.Cost?.Usd ?? 0, earlier?.Cost?.Usd ?? (earlier is null ? null : 0)),
                Note = now.Unpriced > 0 ? $"+ {Figure.Count(now.Unpriced)} unpriced" : null,
                Link = calls,
            },
            new("Calls", Figure.Compact(now.Calls), Figure.Count(now.Calls))
            {
                Change = Compare(now.Calls, earlier?.Calls),
                Link = calls,
            },
            new(
                "Tokens",
                Figure.Compact(UsageMeasure.TotalTokens.GetValue(now.Totals)),
                Figure.WriteExact(UsageMeasure.TotalTokens.GetValue(now.Totals), FigureUnit.Number)
            )
            {
                Change = Compare(
                    UsageMeasure.TotalTokens.GetValue(now.Totals),
                    earlier is null ? null : UsageMeasure.TotalTokens.GetValue(earlier.Totals)
                ),
                Note = now.Estimated > 0 ? $"{Figure.Count(now.Estimated)} calls estimated" : null,
            },
            new(
                "Error rate",
                Figure.Share(now.Calls == 0 ? null : now.Errors / (decimal)now.Calls),
                $"{Figure.Count(now.Errors)} of {Figure.Count(now.Calls)} calls"
            )
            {
                Change = Change.Create(Rate(now), earlier is null ? null : Rate(earlier), isGoodWhenUp: false),
                Link = state.To("calls", ("filter[error]", "true")),
            },
            new(
                "Mean duration",
                Figure.Duration(now.MeanDurationS),
                Figure.WriteExact(now.MeanDurationS, FigureUnit.Seconds)
            )
            {
                Change = Change.Create(now.MeanDurationS, earlier?.MeanDurationS, isGoodWhenUp: false),
            },
            new("Cache share", Figure.Share(now.CacheShare), Figure.WriteExact(now.CacheShare, FigureUnit.Share))
            {
                Change = Change.Create(now.CacheShare, earlier?.CacheShare, isGoodWhenUp: true),
            },
        ];

        static Change? Compare(decimal? now, decimal? earlier) =>
            earlier is null ? null : Change.Create(now, earlier);

        static decimal? Rate(UsageFigures figures) =>
            figures.Calls == 0 ? null : figures.Errors / (decimal)figures.Calls;
    }

    private static async Task<TopList> ListAsync(
        UsageOperations usage,
        string title,
        UsageDimension dimension,
        PageState state,
        CancellationToken cancellationToken
    )
    {
        var series = await usage.SeriesAsync(
            new SeriesRequest(state.Scope)
            {
                Measures = [UsageMeasure.Cost, UsageMeasure.Calls],
                Group = dimension,
                Top = RowsOfList,
                Bucket = SeriesBucket.None,
            },
            cancellationToken
        );
        var lines = series.Lines.Where(static line => !line.IsOther).ToList();
        var highest = lines.Max(static line => line.Values[0].Value) is > 0 and var max ? max : 1;
        return new TopList(
            title,
            EnumText.Name(dimension),
            [
                .. lines.Select(line => new TopRow(
                    line.Names[0],
                    line.Values[0].Value,
                    (long)(line.Values[1].Value ?? 0),
                    (line.Values[0].Value ?? 0) / highest
                )),
            ]
        )
        {
            OtherCount = series.GroupCount - lines.Count,
        };
    }

    private async Task<IReadOnlyList<(LimitDetails, LimitUsage)>> FindBudgetsAsync(
        PageRequest request,
        CancellationToken cancellationToken
    )
    {
        if (!request.May(Permission.LimitsRead) || request.Person!.Reach is not Reach.Everything)
            return [];
        var limits = new LimitOperations(workspace);
        var defined = (await limits.ListAsync(cancellationToken)).Limits.ToDictionary(static limit => limit.Id);
        return
        [
            .. (await limits.ReadUsageAsync(cancellationToken))
                .Limits.Where(usage =>
                    usage is { Metric: LimitMetric.Cost, Amount: > 0 } && defined.ContainsKey(usage.Limit)
                )
                .OrderByDescending(static usage => (usage.Used + usage.Reserved) / usage.Amount)
                .Take(ShownBudgets)
                .Select(usage => (defined[usage.Limit], usage)),
        ];
    }

    private static (string Name, UsageDimension Dimension) ReadGroup(PageRequest request)
    {
        var text = request.Http.Request.Query["group"].ToString();
        return OverviewModel.Groups.Any(group => group.Name == text)
            ? (text, Enum.Parse<UsageDimension>(text, ignoreCase: true))
            : ("model", UsageDimension.Model);
    }
}
