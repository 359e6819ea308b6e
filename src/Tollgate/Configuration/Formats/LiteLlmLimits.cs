using Tollgate.Configuration.Drafts;
using Tollgate.Delivery.Alerts.Channels;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Text;
using Tollgate.Metering.Limits.Windows;
using Tollgate.Operations.Problems;

namespace Tollgate.Configuration.Formats;

/// <summary>Translates the limits of a LiteLLM-style file.</summary>
internal static class LiteLlmLimits
{
    public static void Translate(LiteLlmDraft file, string path, ProblemList problems)
    {
        var draft = file.Draft;
        foreach (var rule in draft.RateLimits.Where(rule => !draft.Models.Exists(model => model.Name == rule.Model)))
            problems.Warn(
                path,
                "rate_limits",
                $"The rate limit of '{rule.Model}' does not match any model of the list."
            );
        foreach (var rule in draft.RateLimits)
            Add(Requests(rule), "rate_limits");
        foreach (var limit in Budgets(draft.Budget))
            Add(limit, "budget");
        AddAlertRules(draft);
        if (file.MaxBudget == 0)
            problems.Error(
                path,
                "litellm_settings.max_budget",
                "LiteLLM treats a max_budget of 0 as no budget, Tollgate would reject every call. Remove this line, "
                    + "or set an amount."
            );
        else if (file.MaxBudget is { } budget)
            Add(Cost(budget, file.BudgetDuration ?? TotalWindow.Instance), "litellm_settings.max_budget");
        if (file.MaxParallelRequests is { } calls)
            Add(
                new LimitExpression(LimitMetric.ConcurrentRequests, InstantWindow.Instance, calls).ToLimit(
                    LimitScope.Global
                ),
                "general_settings.global_max_parallel_requests"
            );

        void Add(Limit limit, string place)
        {
            if (draft.Limits.Exists(other => other.Id == limit.Id))
                problems.Error(path, place, $"The limit '{limit.Id}' is set twice. Keep one.");
            else
                draft.Limits.Add(limit);
        }
    }

    /// <summary>Notifies the recipients of a budget's alerts when that part of it is spent.</summary>
    private static void AddAlertRules(ConfigurationDraft draft)
    {
        var budgets = Budgets(draft.Budget).Select(static limit => limit.Id).ToList();
        var rules =
            draft
                .Budget?.Alerts.Where(static alert => alert.Email is not null)
                .Select(alert => AlertRule.ForBudget((int)alert.ThresholdPercent, alert.Email!, budgets))
            ?? [];
        draft.Settings = draft.Settings with
        {
            Alerts = draft.Settings.Alerts with { Rules = [.. draft.Settings.Alerts.Rules, .. rules] },
        };
    }

    private static Limit Requests(RateLimitRule rule) =>
        new LimitExpression(
            LimitMetric.Requests,
            new CalendarWindow(
                rule.Period switch
                {
                    LimitPeriod.Minute => CalendarUnit.Minute,
                    LimitPeriod.Hour => CalendarUnit.Hour,
                    _ => CalendarUnit.Day,
                }
            ),
            rule.Limit
        ).ToLimit(LimitScope.Create(new ScopeTerm(LimitDimension.Model, rule.Model)));

    private static IEnumerable<Limit> Budgets(BudgetRule? budget)
    {
        if (budget is null)
            yield break;
        (decimal? Amount, LimitWindow Window)[] parts =
        [
            (budget.Total, TotalWindow.Instance),
            (budget.Daily, new CalendarWindow(CalendarUnit.Day)),
            (budget.Monthly, new CalendarWindow(CalendarUnit.Month)),
        ];
        foreach (var (amount, window) in parts)
            if (amount is { } usd)
                yield return Cost(usd, window) with
                {
                    AlertThresholds =
                    [
                        .. budget.Alerts.Select(static alert => (int)alert.ThresholdPercent).Distinct().Order(),
                    ],
                };
    }

    private static Limit Cost(decimal usd, LimitWindow window) =>
        new LimitExpression(LimitMetric.Cost, window, LimitAmount.FromUsd(usd)).ToLimit(LimitScope.Global);
}
