using Tollgate.Analytics.Statistics.Dependence;
using Tollgate.Analytics.Statistics.Distributions;

namespace Tollgate.Analytics.Workloads;

/// <summary>The usage to simulate: users, their months, and how they vary.</summary>
public sealed record Workload
{
    /// <summary>Users in the first month.</summary>
    public int Users { get; init; } = 1;

    /// <summary>Requests per user and month.</summary>
    public Distribution Requests { get; init; } = new Constant(1);

    /// <summary>Input tokens, those read from a cache included.</summary>
    public Distribution InputTokens { get; init; } = new Constant(0);

    /// <summary>Output tokens.</summary>
    public Distribution OutputTokens { get; init; } = new Constant(0);

    /// <summary>True if the token distributions describe a request or a month.</summary>
    public TokenBasis TokensPer { get; init; }

    /// <summary>The dependence between input and output of the same user and month.</summary>
    public Copula Dependence { get; init; } = new GaussianCopula(0);

    /// <summary>Collected usage; if present, it replaces the distributions of requests and tokens.</summary>
    public ObservedUsage? Observed { get; init; }

    /// <summary>The share of input read from a cache, per user and month; values are clamped to 0 to 1.</summary>
    public Distribution CacheHitRate { get; init; } = new Constant(0);

    /// <summary>The share of requests that succeed, per user and month; values are clamped to 0 to 1.</summary>
    public Distribution SuccessRate { get; init; } = new Constant(1);

    /// <summary>
    /// The provider's load in the busiest hour, per month, the same for all users; values are clamped to 0 to 1.
    /// </summary>
    public Distribution Congestion { get; init; } = new Constant(0);

    /// <summary>How usage is distributed over the week.</summary>
    public WeekProfile Week { get; init; } = WeekProfile.Even;

    /// <summary>The models in use; empty means one without a name.</summary>
    public IReadOnlyList<ModelShare> Models { get; init; } = [];

    /// <summary>The growth rate of a user's requests, and with them the tokens, per month: 0.05 is 5 %.</summary>
    public double UsageGrowth { get; init; }

    /// <summary>The growth rate of the number of users per month.</summary>
    public double UserGrowth { get; init; }

    /// <summary>
    /// The similarity of a user's months: the correlation of the normal scores of two months' requests, and of their
    /// tokens, from 0 (none: a heavy user this month need not be one in the next) to 1 (every month like the first,
    /// apart from growth).
    /// </summary>
    public double Persistence { get; init; }

    /// <summary>A factor on all requests and tokens: the same users with more or less usage.</summary>
    public double Volume { get; init; } = 1;

    internal IReadOnlyList<ModelShare> ModelShares => Models.Count > 0 ? Models : [new ModelShare("", 1)];

    /// <summary>The number of users in a month, starting at 0.</summary>
    internal int UsersIn(int month) => (int)Math.Min(int.MaxValue, Math.Round(Users * Powered(1 + UserGrowth, month)));

    /// <summary>The factor on a user's usage in a month, starting at 0.</summary>
    internal double GetFactor(int month) => Volume * Powered(1 + UsageGrowth, month);

    internal void Check(InputValidator check)
    {
        check.Within("users", Users, 1, 10_000_000);
        Requests.Check(check.ForPart("requests"));
        InputTokens.Check(check.ForPart("inputTokens"));
        OutputTokens.Check(check.ForPart("outputTokens"));
        Dependence.Check(check.ForPart("dependence"));
        Observed?.Check(check.ForPart("observed"));
        CheckShare(check.ForPart("cacheHitRate"), CacheHitRate);
        CheckShare(check.ForPart("successRate"), SuccessRate);
        CheckShare(check.ForPart("congestion"), Congestion);
        Week.Check(check.ForPart("week"));
        CheckGrowth(check, "usageGrowth", UsageGrowth);
        CheckGrowth(check, "userGrowth", UserGrowth);
        check.Positive("volume", Volume);
        check.Share("persistence", Persistence);
        check.Require(
            Observed is null || !(Persistence > 0),
            "persistence",
            "must be 0 with observed usage: whole months are drawn regardless of their user"
        );
        for (var i = 0; i < Models.Count; i++)
            check.Share($"models[{i}].share", Models[i].Share);
        var sum = ModelShares.Sum(model => model.Share);
        check.Require(
            Math.Abs(sum - 1) < 1e-9,
            "models",
            InputValidator.FormatRule(sum, "must have shares that add up to 1")
        );
    }

    /// <summary>Draws above 1 become 1; a number that is always above 1 is a mistake, such as 40 for 40 %.</summary>
    private static void CheckShare(InputValidator check, Distribution law)
    {
        if (law is Constant constant)
            check.Share("value", constant.Value);
        else
            law.Check(check);
    }

    private static void CheckGrowth(InputValidator check, string field, double growth) =>
        check.Require(
            growth is > -1 and <= 10,
            field,
            InputValidator.FormatRule(growth, "must be above -1 and at most 10")
        );

    /// <summary>A power by multiplication, identical on every machine.</summary>
    private static double Powered(double factor, int exponent)
    {
        double power = 1;
        for (var i = 0; i < exponent; i++)
            power *= factor;
        return power;
    }
}
