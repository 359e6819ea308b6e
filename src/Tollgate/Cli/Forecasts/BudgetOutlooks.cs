using Tollgate.Accounting.Limits.Admission;
using Tollgate.Accounting.Stores;
using Tollgate.Analytics.Forecasting;
using Tollgate.Cli.Limits;
using Tollgate.Cli.Parsing;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Windows;

namespace Tollgate.Cli.Forecasts;

/// <summary>The days for which budgets are forecast, and the days they are based on.</summary>
internal readonly record struct BudgetQuestion(DateOnly Today, DateOnly From, int Days, int Level);

/// <summary>Forecasts when the ledger's cost limits run out.</summary>
internal sealed class BudgetOutlooks(LedgerDays ledger, BudgetQuestion question, TimeProvider time)
{
    public async Task<IReadOnlyList<BudgetLine>> ReadAsync(LedgerOptions options, CancellationToken cancellation)
    {
        options = options with { TimeProvider = time };
        var use = new ScopeUse(ledger, options, ledger.Between(question.From, question.Today.AddDays(1)));
        var lines = new List<BudgetLine>();
        foreach (var standing in await StandingsAsync(options, cancellation))
            lines.Add(await OfAsync(standing, use, cancellation));
        return lines;
    }

    /// <summary>Returns the status of the cost limits, including those with no usage yet.</summary>
    private async Task<IReadOnlyList<LimitStanding>> StandingsAsync(
        LedgerOptions options,
        CancellationToken cancellation
    )
    {
        var now = time.GetUtcNow();
        IReadOnlyList<LimitStanding> counted = [];
        List<Limit> budgets = [];
        await LimitsCommand.WithLimitsAsync(
            options,
            async (open, definitions) =>
            {
                budgets =
                [
                    .. (await definitions.ListAsync(cancellation)).Limits.Where(limit =>
                        limit.Metric == LimitMetric.Cost && limit.AmountAt(now) is not null
                    ),
                ];
                counted = await LimitStandings.ReadAsync(open.Limits, budgets, now, cancellation);
                return ExitCodes.Done;
            },
            cancellation
        );
        return
        [
            .. counted,
            .. budgets
                .Where(limit => counted.All(standing => standing.Limit.Id != limit.Id))
                .Select(limit => LimitStanding.Fresh(limit, "", now)),
        ];
    }

    private async Task<BudgetLine> OfAsync(LimitStanding standing, ScopeUse use, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var amount = LimitAmount.ToUsd(standing.Limit.AmountAt(now)!.Value);
        var line = new BudgetLine
        {
            Limit = standing.Limit.Id,
            Of = standing.Target.Length == 0 ? null : standing.Target.Replace('\n', '/'),
            Amount = amount,
            Used = LimitAmount.ToUsd(standing.Used),
            Words = "",
        };
        if (amount == 0)
            return line with { Words = "It rejects every call: its amount is 0." };
        // For a limit that counts each value separately, the values are unknown until they are counted.
        if (BudgetScope.Of(standing) is not { } scope)
            return line with { Words = "Not forecast: it counts each value separately, and has no usage yet." };
        if (standing.Limit.Window is InstantWindow)
            return line with { Words = "Not forecast: a concurrency limit does not accumulate." };
        if (BudgetWindow.IsWithinDay(standing.Limit.Window, now))
            return await OfPeaksAsync(line, standing, scope, use, cancellation);
        return standing.Left <= 0
            ? line with
            {
                Words = "It is spent.",
            }
            : await OfDaysAsync(line, standing, scope, use, cancellation);
    }

    private async Task<BudgetLine> OfPeaksAsync(
        BudgetLine line,
        LimitStanding standing,
        BudgetScope scope,
        ScopeUse use,
        CancellationToken cancellation
    )
    {
        var (now, limit) = (time.GetUtcNow(), standing.Limit);
        var spent = standing.Left <= 0 ? "It is exhausted now. " : "";
        if (SlotPeaks.Problem(limit, now) is { } reason)
            return line with { Words = $"{spent}Not forecast: {reason}." };
        var slots = await use.OfAsync(standing, scope, cancellation);
        // The current day is not over, and before the first use there was nothing to count.
        var first = slots.Count == 0 ? question.Today : ledger.DayOf(slots[0].Slot);
        var count = Math.Min(PeakOutlook.MostDays, Math.Max(0, question.Today.DayNumber - first.DayNumber));
        if (count < PeakOutlook.FewestDays)
            return line with
            {
                Words =
                    $"{spent}Too little data: {count} {(count == 1 ? "day" : "days")} since the first use, at least "
                    + $"{PeakOutlook.FewestDays} are needed.",
            };
        var peaks = SlotPeaks.ByDay(limit, slots, now, ledger.DayOf);
        var most = LimitAmount.ToUsd(limit.MostAt(now)!.Value);
        var outlook = PeakOutlook.Of(
            [.. Enumerable.Range(1, count).Select(ago => peaks.GetValueOrDefault(question.Today.AddDays(-ago)))],
            most,
            question.Level
        );
        return line with
        {
            Peaks = outlook,
            Words = spent + BudgetWords.Of(outlook, most, limit.Window is BucketWindow),
        };
    }

    private async Task<BudgetLine> OfDaysAsync(
        BudgetLine line,
        LimitStanding standing,
        BudgetScope scope,
        ScopeUse use,
        CancellationToken cancellation
    )
    {
        var window = BudgetWindow.Of(standing.Limit.Window, time.GetUtcNow(), ledger);
        var days = ledger.Days(await use.OfAsync(standing, scope, cancellation));
        var series = DailySeries.Of(days.Where(day => day.Day < question.Today), question.Today);
        var ahead = Math.Clamp(
            window.Last is { } last ? last.DayNumber - question.Today.DayNumber + 1 : question.Days,
            question.Days,
            DailyForecast.MostDays
        );
        var report = DailyForecast.Make(series, ahead, question.Level);
        if (report.Problem is { } problem)
            return line with { WindowEnds = window.Last, Words = problem };
        var spending = new BudgetUse(
            line.Amount,
            line.Used,
            days.FirstOrDefault(day => day.Day == question.Today).Amount,
            window.Leaving(days, question.Today)
        );
        var outlook = BudgetOutlook.Of(spending, report, window.Last);
        return line with { WindowEnds = window.Last, Outlook = outlook, Words = BudgetWords.Of(outlook, window.Last) };
    }
}
