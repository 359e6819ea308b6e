using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Text;
using Tollgate.Metering.Limits.Windows;

namespace Tollgate.Operations.Keys;

/// <summary>Defines the limits that <see cref="KeyLimits"/> names for one key, user, or team.</summary>
internal static class KeyLimitConverter
{
    private const string SoftVariant = "soft";

    /// <summary>Returns the limits.</summary>
    /// <param name="limits">The new limits.</param>
    /// <param name="owner">The key, user, or team.</param>
    /// <param name="since">When it was created: windows of several days or months start on that day.</param>
    public static IReadOnlyList<Limit> Create(KeyLimits limits, ScopeTerm owner, DateTimeOffset since)
    {
        var made = new List<Limit>();
        var scope = LimitScope.Create(owner);
        var budget = limits.BudgetDuration is { } duration ? StartAt(duration, since) : TotalWindow.Instance;
        var minute = new CalendarWindow(CalendarUnit.Minute);
        Add(limits.MaxBudget, LimitMetric.Cost, budget);
        Add(limits.SoftBudget, LimitMetric.Cost, budget, SoftVariant);
        Add(limits.RequestsPerMinute, LimitMetric.Requests, minute);
        Add(limits.TokensPerMinute, LimitMetric.TotalTokens, minute);
        Add(limits.MaxParallelRequests, LimitMetric.ConcurrentRequests, InstantWindow.Instance);
        foreach (var (model, amount) in limits.ModelMaxBudgets)
            made.Add(
                new LimitExpression(LimitMetric.Cost, budget, amount.Value).ToLimit(
                    LimitScope.Create(owner, new ScopeTerm(LimitDimension.Model, model))
                )
            );
        return made;

        void Add(NewAmount? amount, LimitMetric metric, LimitWindow window, string? variant = null)
        {
            if (amount is { } wanted)
                made.Add(
                    new LimitExpression(metric, window, wanted.Value).ToLimit(scope, variant) with
                    {
                        Mode = variant is null ? LimitMode.Hard : LimitMode.Soft,
                    }
                );
        }
    }

    /// <summary>True if a budget takes the place of one with another duration.</summary>
    public static bool Replaces(Limit limit, Limit old) =>
        limit.Metric == LimitMetric.Cost
        && old.Metric == LimitMetric.Cost
        && old.Owner is null
        && old.Scope.Equals(limit.Scope)
        && IsSoft(old) == IsSoft(limit);

    private static bool IsSoft(Limit limit) => limit.Id.Contains($".{SoftVariant}:", StringComparison.Ordinal);

    /// <summary>A window of several days starts when the key was created, not in 1970.</summary>
    private static LimitWindow StartAt(LimitWindow window, DateTimeOffset since) =>
        window is CalendarWindow { Count: > 1 } calendar
            ? new CalendarWindow(calendar.Unit, calendar.Count, calendar.Zone, since.UtcDateTime.Date)
            : window;
}
