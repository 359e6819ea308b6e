using Tollgate.Configuration.Declaration;
using Tollgate.Configuration.Variables;
using Tollgate.Metering.Limits;
using Tollgate.Metering.Limits.Text;
using Tollgate.Metering.Limits.Windows;
using Tollgate.Operations.Problems;

namespace Tollgate.Configuration.Limits;

/// <summary>
/// The limits set by variables: <c>MAX_REQUESTS_PER_MINUTE</c> and <c>MAX_TOKENS_PER_MINUTE</c> are hard token buckets;
/// <c>MAX_COST_PER_REQUEST</c> and <c>DAILY_SPENDING_LIMIT</c> only warn unless <c>COST_LIMITS</c> is <c>hard</c>.
/// </summary>
internal static class VariableLimits
{
    private const string Requests = "MAX_REQUESTS_PER_MINUTE",
        Tokens = "MAX_TOKENS_PER_MINUTE",
        CostPerRequest = "MAX_COST_PER_REQUEST",
        DailySpending = "DAILY_SPENDING_LIMIT";

    private static (string Variable, LimitMetric Metric, LimitWindow Window)[] Known =>
        [
            (Requests, LimitMetric.Requests, new BucketWindow(TimeSpan.FromMinutes(1))),
            (Tokens, LimitMetric.TotalTokens, new BucketWindow(TimeSpan.FromMinutes(1))),
            (CostPerRequest, LimitMetric.CostPerRequest, InstantWindow.Instance),
            (DailySpending, LimitMetric.Cost, new CalendarWindow(CalendarUnit.Day)),
        ];

    public static IReadOnlyList<Limit> Read(VariableSet variables, ProblemList problems)
    {
        var mode = ReadMode(variables, problems);
        return variables.FindFirst([Requests, Tokens, CostPerRequest, DailySpending]) is null
            ? []
            : Read(variables, mode, problems);
    }

    private static List<Limit> Read(VariableSet variables, LimitMode mode, ProblemList problems)
    {
        var limits = new List<Limit>();
        foreach (var (variable, metric, window) in Known)
        {
            if (variables.Find(variable) is not { } amount)
                continue;
            var isMoney = LimitAmount.IsMoney(metric);
            try
            {
                if (isMoney && IsUntracked(variables, problems))
                    problems.Warn(
                        variables.Origin(variable),
                        "",
                        $"{variable} is not enforced, because ENABLE_COST_TRACKING is false."
                    );
                else
                    limits.Add(
                        CreateLimit(
                            new LimitExpression(metric, window, LimitText.ParseAmount(metric, amount)),
                            isMoney ? mode : LimitMode.Hard
                        )
                    );
            }
            catch (FormatException exception)
            {
                problems.Error(variables.Origin(variable), "", $"{variable}: {exception.Message}");
            }
        }

        return limits;
    }

    /// <summary>A limit that only warns is added to a file's hard limit, and does not soften it.</summary>
    private static Limit CreateLimit(LimitExpression statement, LimitMode mode) =>
        statement.ToLimit(LimitScope.Global, mode == LimitMode.Soft ? "soft" : null) with
        {
            Mode = mode,
        };

    private static LimitMode ReadMode(VariableSet variables, ProblemList problems)
    {
        var mode = variables.Find("COST_LIMITS")?.ToLowerInvariant();
        if (mode is not (null or "soft" or "hard"))
            problems.Error(variables.Origin("COST_LIMITS"), "", "COST_LIMITS must be soft or hard.");
        return mode == "hard" ? LimitMode.Hard : LimitMode.Soft;
    }

    private static bool IsUntracked(VariableSet variables, ProblemList problems)
    {
        const string name = "ENABLE_COST_TRACKING";
        if (variables.Find(name) is not { } text)
            return false;
        if (!SettingTypes.Boolean.TryRead(text, "", out var isTracked))
            problems.Error(variables.Origin(name), "", $"The value of {name} is not true or false.");
        return !isTracked;
    }
}
