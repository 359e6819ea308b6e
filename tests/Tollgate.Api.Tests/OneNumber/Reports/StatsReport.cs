using System.Text.Json;
using Tollgate.Accounting.Usage;
using Tollgate.Operations.Usage;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Api.Tests.OneNumber.Reports;

/// <summary>The use case of <c>tollgate stats</c>: totals, by bucket, and by dimension.</summary>
internal static class StatsReport
{
    public static async Task CheckAsync(Case check, Workspace workspace)
    {
        if (!check.Question.IsPlain)
            return;
        var usage = new UsageOperations(workspace, UsageReach.Everything);
        var period = new UsagePeriod(check.Question.From, check.Question.To);
        var total = await usage.SummarizeAsync(period, default);
        check.Compare("stats", Read([total]));
        var isUnknown =
            check.Expected[Figures.Calls] > 0
            && check.Expected[Figures.Calls] == check.Expected[Figures.Unpriced]
            && check.Expected[Figures.Cost] == 0;
        check.Require("stats", total.CostUsd is null == isUnknown, $"the cost is {total.CostUsd}");
        var bucket = check.NextOf((UsageBucket[])[UsageBucket.Hour, UsageBucket.Day, UsageBucket.Month]);
        check.Compare(
            $"stats over {bucket}",
            Read(await usage.SeriesAsync(period, bucket, check.Question.Zone, default))
        );
        var dimension = check.NextOf(Enum.GetValues<UsageDimension>());
        check.Compare(
            $"stats by {dimension}",
            Read(await usage.GroupAsync(period, dimension, UsageRank.Cost, default))
        );
    }

    /// <summary>The sums of a row that the command has printed.</summary>
    public static Figures Read(JsonElement row) =>
        new Figures()
            .Add(Figures.Cost, row.GetNumber("cost_usd"))
            .Add(Figures.Calls, row.GetNumber("calls"))
            .Add(Figures.Errors, row.GetNumber("errors"))
            .Add(Figures.Unpriced, row.GetNumber("unpriced"))
            .Add(Figures.Estimated, row.GetNumber("estimated"))
            .Add(Figures.Cached, row.GetNumber("cached_tokens"))
            .Add(Figures.Total, row.GetNumber("total_tokens"));

    private static Figures Read(IEnumerable<UsageSummary> lines)
    {
        var sum = new Figures().Add(Figures.Cost, 0).Add(Figures.Calls, 0);
        foreach (var line in lines)
            sum.Add(Figures.Cost, line.CostUsd ?? 0)
                .Add(Figures.Calls, line.Calls)
                .Add(Figures.Errors, line.Errors)
                .Add(Figures.Unpriced, line.Unpriced)
                .Add(Figures.Estimated, line.Estimated)
                .Add(Figures.Input, line.InputTokens)
                .Add(Figures.Cached, line.CachedTokens)
                .Add(Figures.Output, line.OutputTokens)
                .Add(Figures.Reasoning, line.ReasoningTokens)
                .Add(Figures.Total, line.TotalTokens);
        return sum;
    }
}
