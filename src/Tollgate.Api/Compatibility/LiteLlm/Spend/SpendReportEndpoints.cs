using Tollgate.Accounting.Usage;
using Tollgate.Api.Compatibility.LiteLlm.Budgets;
using Tollgate.Api.Endpoints.Usage;
using Tollgate.Api.Requests;
using Tollgate.Api.Responses;
using Tollgate.Api.Routing;
using Tollgate.Metering.Limits;
using Tollgate.Operations.Keys;
using Tollgate.Operations.Limits;
using Tollgate.Operations.Usage;
using Tollgate.Operations.Usage.Breakdowns;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Api.Compatibility.LiteLlm.Spend;

/// <summary>Reports of spend by day and group, and the budgets of providers.</summary>
internal sealed class SpendReportEndpoints(Workspace workspace)
{
    private readonly KeyOperations _keys = new(workspace);
    private readonly LimitOperations _limits = new(workspace);
    private readonly UsageReachResolver _reaches = new(workspace);

    /// <summary>The routes with their implementations.</summary>
    public IReadOnlyList<ApiEndpoint> All =>
        [new(SpendRoutes.Report, ReportAsync), new(SpendRoutes.ProviderBudgets, ListBudgetsAsync)];

    private async Task<ApiResponse> ReportAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var group = request.Get(SpendRoutes.GroupBy);
        var usage = new UsageOperations(
            workspace,
            await _reaches.ResolveAsync(request.Principal.Reach, cancellationToken)
        );
        var sums = await usage.BreakDownAsync(
            new BreakdownRequest(SpendScope.Read(request, workspace.Now))
            {
                Bucket = UsageBucket.Day,
                By =
                [
                    group == ReportGroup.Customer ? UsageDimension.EndUser : UsageDimension.Key,
                    UsageDimension.Model,
                ],
            },
            cancellationToken
        );
        var teams = (await _keys.ListAsync(cancellationToken)).ToDictionary(
            static key => key.Id,
            static key => key.Team,
            StringComparer.Ordinal
        );
        return new JsonResponse<IReadOnlyList<ReportDayShape>>(
            [
                .. sums.GroupBy(static sum => sum.Slot!.Value)
                    .OrderBy(static day => day.Key)
                    .Select(day => CreateDay(day.Key, group, [.. day], teams)),
            ],
            LiteLlmSpendJson.Default.IReadOnlyListReportDayShape
        );
    }

    private async Task<ApiResponse> ListBudgetsAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        var budgets = await ScopeBudgets.ReadAsync(_limits, cancellationToken);
        return new JsonResponse<ProviderBudgetsShape>(
            new ProviderBudgetsShape(
                budgets
                    .GetNames(LimitDimension.Provider)
                    .ToDictionary(
                        static provider => provider,
                        provider => CreateBudget(budgets.Find(LimitDimension.Provider, provider).First),
                        StringComparer.Ordinal
                    )
            ),
            LiteLlmSpendJson.Default.ProviderBudgetsShape
        );
    }

    private static ProviderBudgetShape CreateBudget(BudgetWindow? budget) =>
        new()
        {
            BudgetLimit = budget?.MaxBudget,
            TimePeriod = budget?.Duration,
            Spend = budget?.Used ?? 0,
            BudgetResetAt = budget?.ResetsAt,
        };

    private static ReportDayShape CreateDay(
        DateTimeOffset day,
        ReportGroup group,
        IReadOnlyList<UsageSum> sums,
        Dictionary<string, string?> teams
    )
    {
        var groups = sums.Select(sum => (Name: FindName(sum.Names[0], group, teams), Sum: sum))
            .Where(static entry => entry.Name is not null)
            .GroupBy(static entry => entry.Name!, static entry => entry.Sum, StringComparer.Ordinal)
            .OrderBy(static entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => CreateGroup(entry.Key, group, [.. entry]))
            .ToList();
        return new ReportDayShape
        {
            GroupByDay = day,
            Teams = group == ReportGroup.Team ? groups : null,
            Customers = group == ReportGroup.Customer ? groups : null,
            ApiKeys = group == ReportGroup.ApiKey ? groups : null,
        };
    }

    private static string? FindName(string? name, ReportGroup group, Dictionary<string, string?> teams) =>
        group == ReportGroup.Team && name is not null ? teams.GetValueOrDefault(name) : name;

    private static ReportGroupShape CreateGroup(string name, ReportGroup group, IReadOnlyList<UsageSum> sums) =>
        new()
        {
            TeamName = group == ReportGroup.Team ? name : null,
            Customer = group == ReportGroup.Customer ? name : null,
            ApiKey = group == ReportGroup.ApiKey ? name : null,
            TotalSpend = sums.Sum(static sum => sum.Totals.Cost.Usd),
            Metadata =
            [
                .. sums.GroupBy(static sum => sum.Names[1] ?? "", StringComparer.Ordinal)
                    .OrderBy(static model => model.Key, StringComparer.Ordinal)
                    .Select(static model => new ReportModelShape(
                        model.Key,
                        model.Sum(static sum => sum.Totals.Cost.Usd),
                        model.Sum(static sum => sum.Totals.Usage.TotalTokens)
                    )),
            ],
        };
}
