using Tollgate.Accounting.Limits.Admission;
using Tollgate.Analytics.Forecasting;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Windows;
using Tollgate.Operations.Workspaces;

namespace Tollgate.Operations.Forecasts;

/// <summary>The days for which budgets are forecast, and the days they are based on.</summary>
internal readonly record struct BudgetForecastOptions(DateOnly Today, DateOnly From, int Days, int Level);

/// <summary>Forecasts when the ledger's cost limits run out.</summary>
internal sealed class BudgetForecasts(Workspace workspace, DailyUsage usage, BudgetForecastOptions question)
{
    public async Task<IReadOnlyList<BudgetForecastRow>> ReadAsync(CancellationToken cancellationToken)
    {
        var scopes = new ScopeUsage(workspace, usage, usage.Between(question.From, question.Today.AddDays(1)));
        var rows = new List<BudgetForecastRow>();
        foreach (var status in await ReadStatusesAsync(cancellationToken))
            rows.Add(await ForecastAsync(status, scopes, cancellationToken));
        return rows;
    }

    /// <summary>Returns the status of the cost limits, including those with no usage yet.</summary>
    private async Task<IReadOnlyList<LimitStatus>> ReadStatusesAsync(CancellationToken cancellationToken)
    {
        var now = workspace.Now;
        var definitions = await workspace.OpenLimitsAsync(withCounters: true, cancellationToken);
        var ledger = await workspace.OpenLedgerAsync(cancellationToken);
        Limit[] budgets =
        [
            .. (await definitions.ListAsync(cancellationToken)).Limits.Where(limit =>
                limit.Metric == LimitMetric.Cost && limit.AmountAt(now) is not null
            ),
        ];
        var counted = await LimitStatusReader.ReadAsync(ledger.Limits, budgets, now, cancellationToken);
        return
        [
            .. counted,
            .. budgets
                .Where(limit => counted.All(status => status.Limit.Id != limit.Id))
                .Select(limit => LimitStatus.CreateUnused(limit, "", now)),
        ];
    }

    private async Task<BudgetForecastRow> ForecastAsync(
        LimitStatus status,
        ScopeUsage use,
        CancellationToken cancellationToken
    )
    {
        var now = workspace.Now;
        var amount = LimitAmount.ToUsd(status.Limit.AmountAt(now)!.Value);
        var line = new BudgetForecastRow
        {
            Limit = status.Limit.Id,
            Target = status.Target.Length == 0 ? null : new LimitTarget(status.Target).ToString(),
            Amount = amount,
            Used = LimitAmount.ToUsd(status.Used),
            Explanation = "",
        };
        if (amount == 0)
            return line with { Explanation = "It rejects every call: its amount is 0." };
        // For a limit that counts each value separately, the values are unknown until they are counted.
        if (BudgetScope.FromStatus(status) is not { } scope)
            return line with { Explanation = "Not forecast: it counts each value separately, and has no usage yet." };
        if (status.Limit.Window is InstantWindow)
            return line with { Explanation = "Not forecast: a concurrency limit does not accumulate." };
        if (BudgetWindow.IsWithinDay(status.Limit.Window, now))
            return await ForecastPeaksAsync(line, status, scope, use, cancellationToken);
        return status.Left <= 0
            ? line with
            {
                Explanation = "It is spent.",
            }
            : await ForecastDaysAsync(line, status, scope, use, cancellationToken);
    }

    private async Task<BudgetForecastRow> ForecastPeaksAsync(
        BudgetForecastRow line,
        LimitStatus status,
        BudgetScope scope,
        ScopeUsage use,
        CancellationToken cancellationToken
    )
    {
        var (now, limit) = (workspace.Now, status.Limit);
        var spent = status.Left <= 0 ? "It is exhausted now. " : "";
        if (PeakUsage.DescribeProblem(limit, now) is { } reason)
            return line with { Explanation = $"{spent}Not forecast: {reason}." };
        var slots = await use.GetAsync(status, scope, cancellationToken);
        // The current day is not over, and before the first use there was nothing to count.
        var first = slots.Count == 0 ? question.Today : usage.ToDay(slots[0].Slot);
        var count = Math.Min(PeakForecast.MaxDays, Math.Max(0, question.Today.DayNumber - first.DayNumber));
        if (count < PeakForecast.MinDays)
            return line with
            {
                Explanation =
                    $"{spent}Not enough data: {count} {(count == 1 ? "day" : "days")} since the first use, at least "
                    + $"{PeakForecast.MinDays} are needed.",
            };
        var peaks = PeakUsage.ByDay(limit, slots, now, usage.ToDay);
        var most = LimitAmount.ToUsd(limit.MaxAt(now)!.Value);
        var outlook = PeakForecast.FromPeaks(
            [.. Enumerable.Range(1, count).Select(ago => peaks.GetValueOrDefault(question.Today.AddDays(-ago)))],
            most,
            question.Level
        );
        return line with
        {
            Peaks = outlook,
            Explanation = spent + BudgetFormatter.Format(outlook, most, limit.Window is BucketWindow),
        };
    }

    private async Task<BudgetForecastRow> ForecastDaysAsync(
        BudgetForecastRow line,
        LimitStatus status,
        BudgetScope scope,
        ScopeUsage use,
        CancellationToken cancellationToken
    )
    {
        var window = BudgetWindow.FromLimitWindow(status.Limit.Window, workspace.Now, usage);
        var days = usage.Days(await use.GetAsync(status, scope, cancellationToken));
        var series = DailySeries.FromDays(days.Where(day => day.Day < question.Today), question.Today);
        var ahead = Math.Clamp(
            window.Last is { } last ? last.DayNumber - question.Today.DayNumber + 1 : question.Days,
            question.Days,
            DailyForecast.MaxDays
        );
        var report = DailyForecast.Make(series, ahead, question.Level);
        if (report.NotForecastReason is { } problem)
            return line with { WindowEnds = window.Last, Explanation = problem };
        var spending = new BudgetUsage(
            line.Amount,
            line.Used,
            days.FirstOrDefault(day => day.Day == question.Today).Amount,
            window.Leaving(days, question.Today)
        );
        var outlook = BudgetForecast.Create(spending, report, window.Last);
        return line with
        {
            WindowEnds = window.Last,
            Outlook = outlook,
            Explanation = BudgetFormatter.Format(outlook, window.Last),
        };
    }
}
