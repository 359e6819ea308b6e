using Tollgate.Analytics.Statistics.Dependence;
using Tollgate.Analytics.Statistics.Distributions;

namespace Tollgate.Analytics.Workloads;

/// <summary>Whose usage is simulated: users, their months, and how those vary.</summary>
public sealed record Workload
{
    /// <summary>Users in the first month.</summary>
    public int Users { get; init; } = 1;

    /// <summary>Requests of a user in a month.</summary>
    public Distribution Requests { get; init; } = new Constant(1);

    /// <summary>Input tokens, those read from a cache included.</summary>
    public Distribution InputTokens { get; init; } = new Constant(0);

    /// <summary>Output tokens.</summary>
    public Distribution OutputTokens { get; init; } = new Constant(0);

    /// <summary>Whether the token distributions are about a request or about a month.</summary>
    public TokenBasis TokensPer { get; init; }

    /// <summary>How input and output of the same user and month depend on each other.</summary>
    public Copula Dependence { get; init; } = new GaussianCopula(0);

    /// <summary>Collected usage; where given, it replaces the distributions of requests and tokens.</summary>
    public ObservedUsage? Observed { get; init; }

    /// <summary>The share of input read from a cache, of a user in a month; values are kept within 0 and 1.</summary>
    public Distribution CacheHitRate { get; init; } = new Constant(0);

    /// <summary>The share of requests that succeed, of a user in a month; values are kept within 0 and 1.</summary>
    public Distribution SuccessRate { get; init; } = new Constant(1);

    /// <summary>
    /// How busy the provider is in the busiest hour, of a month, the same for all users; values are kept within 0 and
    /// 1.
    /// </summary>
    public Distribution Congestion { get; init; } = new Constant(0);

    /// <summary>How usage is spread over the week.</summary>
    public WeekProfile Week { get; init; } = WeekProfile.Even;

    /// <summary>The models in use; one without a name where empty.</summary>
    public IReadOnlyList<ModelShare> Models { get; init; } = [];

    /// <summary>
    /// By which share a user's requests, and with them the tokens, grow from month to month: 0.05 is 5 %.
    /// </summary>
    public double UsageGrowth { get; init; }

    /// <summary>By which share the number of users grows from month to month.</summary>
    public double UserGrowth { get; init; }

    /// <summary>
    /// How much a user's months have in common: the correlation of the normal scores of two months' requests, and of
    /// their tokens, from 0 (none: who used much this month need not do so in the next) to 1 (every month as the first,
    /// but for growth).
    /// </summary>
    public double Persistence { get; init; }

    /// <summary>A factor on all requests and tokens: the same users with more or less to do.</summary>
    public double Volume { get; init; } = 1;

    internal IReadOnlyList<ModelShare> ModelShares => Models.Count > 0 ? Models : [new ModelShare("", 1)];

    /// <summary>Users in a month, counted from 0.</summary>
    internal int UsersIn(int month) => (int)Math.Min(int.MaxValue, Math.Round(Users * Powered(1 + UserGrowth, month)));

    /// <summary>The factor on what a user does in a month, counted from 0.</summary>
    internal double FactorOf(int month) => Volume * Powered(1 + UsageGrowth, month);

    internal void Check(InputCheck check)
    {
        check.Within("users", Users, 1, 10_000_000);
        Requests.Check(check.Of("requests"));
        InputTokens.Check(check.Of("inputTokens"));
        OutputTokens.Check(check.Of("outputTokens"));
        Dependence.Check(check.Of("dependence"));
        Observed?.Check(check.Of("observed"));
        CheckShare(check.Of("cacheHitRate"), CacheHitRate);
        CheckShare(check.Of("successRate"), SuccessRate);
        CheckShare(check.Of("congestion"), Congestion);
        Week.Check(check.Of("week"));
        CheckGrowth(check, "usageGrowth", UsageGrowth);
        CheckGrowth(check, "userGrowth", UserGrowth);
        check.Positive("volume", Volume);
        check.Share("persistence", Persistence);
        check.That(
            Observed is null || !(Persistence > 0),
            "persistence",
            "must be 0 with observed usage: whole months are drawn, whoever's they were"
        );
        for (var i = 0; i < Models.Count; i++)
            check.Share($"models[{i}].share", Models[i].Share);
        var sum = ModelShares.Sum(model => model.Share);
        check.That(Math.Abs(sum - 1) < 1e-9, "models", InputCheck.Is(sum, "must have shares that add up to 1"));
    }

    /// <summary>
    /// What is drawn above 1 becomes 1; a number that always is above is a mistake, such as 40 for 40 %.
    /// </summary>
    private static void CheckShare(InputCheck check, Distribution law)
    {
        if (law is Constant constant)
            check.Share("value", constant.Value);
        else
            law.Check(check);
    }

    private static void CheckGrowth(InputCheck check, string field, double growth) =>
        check.That(growth is > -1 and <= 10, field, InputCheck.Is(growth, "must be above -1 and at most 10"));

    /// <summary>A power by multiplication, the same on every machine.</summary>
    private static double Powered(double factor, int exponent)
    {
        double power = 1;
        for (var i = 0; i < exponent; i++)
            power *= factor;
        return power;
    }
}
