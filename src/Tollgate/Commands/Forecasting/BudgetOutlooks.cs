using Tollgate.Accounting.Admission;
using Tollgate.Accounting.Ledger;
using Tollgate.Accounting.Ledger.Stores;
using Tollgate.Analytics.Forecasting;
using Tollgate.Commands.Limits;
using Tollgate.Metering.Limits;

namespace Tollgate.Commands.Forecasting;

/// <summary>For which days, and by which, budgets are looked at.</summary>
internal readonly record struct BudgetQuestion(DateOnly Today, DateOnly From, int Days, int Level);

/// <summary>When the ledger's cost limits run out.</summary>
internal sealed class BudgetOutlooks(LedgerDays ledger, BudgetQuestion question, TimeProvider time)
{
    /// <summary>Limits of one scope are forecast once.</summary>
    private readonly Dictionary<string, IReadOnlyList<(DateOnly Day, decimal Amount)>> _days = new(StringComparer.Ordinal);

    public async Task<IReadOnlyList<BudgetLine>> ReadAsync(LedgerOptions options, CancellationToken cancellation)
    {
        IReadOnlyList<LimitStanding> standings = [];
        await LimitsCommand.WithLimitsAsync(options with { TimeProvider = time }, async (open, definitions) =>
        {
            var set = await definitions.ListAsync(cancellation);
            standings = await LimitStandings.ReadAsync(open.Limits, set.Limits, time.GetUtcNow(), cancellation);
            return ExitCodes.Done;
        }, cancellation);
        var lines = new List<BudgetLine>();
        foreach (var standing in standings)
            if (standing.Limit.Metric == LimitMetric.Cost && standing.Limit.AmountAt(time.GetUtcNow()) is { } amount && amount > 0)
                lines.Add(await OfAsync(standing, LimitAmount.ToUsd(amount), cancellation));
        return lines;
    }

    private async Task<BudgetLine> OfAsync(LimitStanding standing, decimal amount, CancellationToken cancellation)
    {
        var line = new BudgetLine
        {
            Limit = standing.Limit.Id,
            Of = standing.Target.Length == 0 ? null : standing.Target.Replace('\n', '/'),
            Amount = amount,
            Used = LimitAmount.ToUsd(standing.Used),
            Words = "",
        };
        if (standing.Left <= 0) return line with { Words = "It is spent." };
        if (BudgetScope.Of(standing) is not { } scope) return line with { Words = "Not forecast: the ledger keeps no sums by team, organization or tag." };
        if (!BudgetWindow.TryOf(standing.Limit.Window, time.GetUtcNow(), ledger, out var window)) return line with { Words = "Not forecast: its window is shorter than a day, or refills all the time." };
        var days = await DaysAsync(standing, scope, cancellation);
        var series = DailySeries.Of(days.Where(day => day.Day < question.Today), question.Today);
        var ahead = Math.Clamp(window.Last is { } last ? last.DayNumber - question.Today.DayNumber + 1 : question.Days, question.Days, DailyForecast.MostDays);
        var report = DailyForecast.Make(series, ahead, question.Level);
        if (report.Problem is { } problem) return line with { WindowEnds = window.Last, Words = problem };
        var use = new BudgetUse(amount, line.Used, days.FirstOrDefault(day => day.Day == question.Today).Amount, window.Leaving(days, question.Today));
        var outlook = BudgetOutlook.Of(use, report, window.Last);
        return line with { WindowEnds = window.Last, Outlook = outlook, Words = BudgetWords.Of(outlook, window.Last) };
    }

    private async Task<IReadOnlyList<(DateOnly Day, decimal Amount)>> DaysAsync(LimitStanding standing, IReadOnlyList<DimensionValue> scope, CancellationToken cancellation)
    {
        var name = $"{standing.Limit.Scope}\n{standing.Target}";
        if (_days.TryGetValue(name, out var known)) return known;
        var groups = await ledger.ReadAsync(ledger.Between(question.From, question.Today.AddDays(1)), by: null, scope, cancellation);
        return _days[name] = groups.Count == 0 ? [] : groups[0].Days;
    }
}
