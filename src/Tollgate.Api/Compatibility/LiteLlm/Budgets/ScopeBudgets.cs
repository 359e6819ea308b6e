using Tollgate.Metering.Limits;
using Tollgate.Operations.Limits;

namespace Tollgate.Api.Compatibility.LiteLlm.Budgets;

/// <summary>All limits in force with their counters, as they were read.</summary>
internal sealed class ScopeBudgets
{
    private readonly IReadOnlyList<LimitDetails> _limits;
    private readonly ILookup<string, LimitUsage> _usage;

    private ScopeBudgets(IReadOnlyList<LimitDetails> limits, ILookup<string, LimitUsage> usage) =>
        (_limits, _usage) = (limits, usage);

    /// <summary>Reads the limits.</summary>
    public static async Task<ScopeBudgets> ReadAsync(LimitOperations limits, CancellationToken cancellationToken) =>
        new(
            (await limits.ListAsync(cancellationToken)).Limits,
            (await limits.ReadUsageAsync(cancellationToken)).Limits.ToLookup(
                static usage => usage.Limit,
                StringComparer.Ordinal
            )
        );

    /// <summary>The values of a dimension that limits name.</summary>
    public IEnumerable<string> GetNames(LimitDimension dimension) =>
        _limits
            .SelectMany(static limit => limit.Scope)
            .Where(term => term.Dimension == dimension)
            .Select(static term => term.Value)
            .OfType<string>()
            .Distinct(StringComparer.Ordinal);

    /// <summary>Returns the limits of a key, user, team, or provider as a whole.</summary>
    public ScopeBudget Find(LimitDimension dimension, string value)
    {
        var own = _limits.Where(limit => IsOf(limit, dimension, value) && limit.Amount is not null).ToList();
        var hard = own.Where(static limit => limit.Mode == LimitMode.Hard).ToList();
        return new ScopeBudget
        {
            Windows =
            [
                .. hard.Where(static limit => limit is { Metric: LimitMetric.Cost, Scope.Count: 1 })
                    .Select(limit => CreateWindow(limit, value))
                    .OrderBy(static window => window.MaxBudget - window.Used),
            ],
            SoftBudget = own.FirstOrDefault(static limit =>
                limit is { Metric: LimitMetric.Cost, Mode: LimitMode.Soft, Scope.Count: 1 }
            )?.Amount,
            TpmLimit = FindPerMinute(hard, LimitMetric.TotalTokens),
            RpmLimit = FindPerMinute(hard, LimitMetric.Requests),
            MaxParallelRequests = hard.FirstOrDefault(static limit =>
                limit is { Metric: LimitMetric.ConcurrentRequests, Scope.Count: 1 }
            )?.Amount,
            ModelBudgets = hard.Where(static limit => limit is { Metric: LimitMetric.Cost, Scope.Count: 2 })
                .GroupBy(static limit => limit.Scope.First(IsModel).Value!, StringComparer.Ordinal)
                .ToDictionary(
                    static models => models.Key,
                    static models => models.Min(static limit => limit.Amount!.Value),
                    StringComparer.Ordinal
                ),
        };
    }

    /// <summary>True if a limit is for the whole scope, or for one model of it.</summary>
    private static bool IsOf(LimitDetails limit, LimitDimension dimension, string value) =>
        limit.Scope.Any(term => term.Dimension == dimension && (term.Value is null || term.Value == value))
        && (limit.Scope.Count == 1 || (limit.Scope.Count == 2 && limit.Scope.Any(IsModel)));

    private static bool IsModel(LimitScopeTerm term) => term is { Dimension: LimitDimension.Model, Value: not null };

    private BudgetWindow CreateWindow(LimitDetails limit, string value)
    {
        // A limit that counts each value separately has a counter for each that was used.
        var isSeparate = limit.Scope[0].Value is null;
        var state = _usage[limit.Id]
            .FirstOrDefault(state => !isSeparate || (state.Target is [var name] && name == value));
        return new BudgetWindow(
            state?.Amount ?? limit.Amount!.Value,
            state?.Used ?? 0,
            DurationText.Format(limit.Window),
            state?.ResetsAt
        );
    }

    private static decimal? FindPerMinute(IEnumerable<LimitDetails> limits, LimitMetric metric) =>
        limits
            .Where(limit => limit.Metric == metric && limit.Scope.Count == 1 && IsMinute(limit.Window))
            .Min(static limit => limit.Amount);

    private static bool IsMinute(string window) =>
        window == "minute" || window.EndsWith(" minute", StringComparison.Ordinal);
}
