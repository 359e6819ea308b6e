using Tollgate.Accounting.Admission;
using Tollgate.Accounting.Directory;
using Tollgate.Accounting.Ledger;
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

    private IReadOnlyList<VirtualKey>? _keys;

    public async Task<IReadOnlyList<BudgetLine>> ReadAsync(LedgerOptions options, CancellationToken cancellation)
    {
        options = options with { TimeProvider = time };
        var lines = new List<BudgetLine>();
        foreach (var standing in await StandingsAsync(options, cancellation))
        {
            var scope = BudgetScope.Of(standing);
            if (scope is { IsByKey: true }) _keys ??= await KeysAsync(options, cancellation);
            lines.Add(await OfAsync(standing, scope, LimitAmount.ToUsd(standing.Limit.AmountAt(time.GetUtcNow())!.Value), cancellation));
        }

        return lines;
    }

    /// <summary>How the cost limits stand, also those that nothing was counted against yet.</summary>
    private async Task<IReadOnlyList<LimitStanding>> StandingsAsync(LedgerOptions options, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        IReadOnlyList<LimitStanding> counted = [];
        List<Limit> budgets = [];
        await LimitsCommand.WithLimitsAsync(options, async (open, definitions) =>
        {
            budgets = [.. (await definitions.ListAsync(cancellation)).Limits.Where(limit => limit.Metric == LimitMetric.Cost && limit.AmountAt(now) > 0)];
            counted = await LimitStandings.ReadAsync(open.Limits, budgets, now, cancellation);
            return ExitCodes.Done;
        }, cancellation);
        // Of a limit that counts each value for itself nobody knows the values before they are counted.
        return [.. counted, .. budgets.Where(limit => limit.Scope.Terms.All(static term => term.Value is not null) && counted.All(standing => standing.Limit.Id != limit.Id))
            .Select(limit => LimitStanding.Fresh(limit, "", now))];
    }

    private static async Task<IReadOnlyList<VirtualKey>> KeysAsync(LedgerOptions options, CancellationToken cancellation)
    {
        await using var server = options.Store;
        return await (await VirtualKeys.OpenAsync(options, cancellation)).ListAsync();
    }

    private async Task<BudgetLine> OfAsync(LimitStanding standing, BudgetScope? scope, decimal amount, CancellationToken cancellation)
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
        if (BudgetWindow.Problem(standing.Limit.Window) is { } reason) return line with { Words = $"Not forecast: {reason}." };
        if (scope is null) return line with { Words = "Not forecast: the ledger keeps no sums by tag." };
        var window = BudgetWindow.Of(standing.Limit.Window, time.GetUtcNow(), ledger);
        var days = await DaysAsync(standing, scope, cancellation);
        var series = DailySeries.Of(days.Where(day => day.Day < question.Today), question.Today);
        var ahead = Math.Clamp(window.Last is { } last ? last.DayNumber - question.Today.DayNumber + 1 : question.Days, question.Days, DailyForecast.MostDays);
        var report = DailyForecast.Make(series, ahead, question.Level);
        if (report.Problem is { } problem) return line with { WindowEnds = window.Last, Words = problem };
        var use = new BudgetUse(amount, line.Used, days.FirstOrDefault(day => day.Day == question.Today).Amount, window.Leaving(days, question.Today));
        var outlook = BudgetOutlook.Of(use, report, window.Last);
        return line with { WindowEnds = window.Last, Outlook = outlook, Words = BudgetWords.Of(outlook, window.Last) };
    }

    private async Task<IReadOnlyList<(DateOnly Day, decimal Amount)>> DaysAsync(LimitStanding standing, BudgetScope scope, CancellationToken cancellation)
    {
        var name = $"{standing.Limit.Scope}\n{standing.Target}";
        if (_days.TryGetValue(name, out var known)) return known;
        var groups = await ledger.ReadAsync(ledger.Between(question.From, question.Today.AddDays(1)), scope.IsByKey ? UsageDimension.Key : null, scope.Conditions, cancellation);
        if (!scope.IsByKey) return _days[name] = groups.Count == 0 ? [] : groups[0].Days;
        var keys = _keys!.Where(scope.Has).Select(static key => key.Id).ToHashSet(StringComparer.Ordinal);
        return _days[name] = [.. groups.Where(group => group.Name is { } key && keys.Contains(key)).SelectMany(static group => group.Days)
            .GroupBy(static day => day.Day).Select(static day => (day.Key, day.Sum(static one => one.Amount))).OrderBy(static day => day.Key)];
    }
}
