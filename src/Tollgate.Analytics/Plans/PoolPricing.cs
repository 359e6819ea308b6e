namespace Tollgate.Analytics.Plans;

/// <summary>A fee, a pool including what remains from the last month, and overage.</summary>
internal sealed class PoolPricing(Pool pool, TokenPricing overage) : IPlanPricing
{
    public int CarriedValues => pool.RolloverTokens > 0 ? 1 : 0;

    public MonthCharge Charge(in UsageMonth usage, Span<double> carried)
    {
        var accounts = pool.PerUser ? usage.Users : 1;
        var available = pool.IncludedTokens * accounts + (carried.IsEmpty ? 0 : carried[0]);
        var total = usage.TotalTokens;
        var beyond = total > available ? 1 - available / total : 0;
        if (!carried.IsEmpty)
            carried[0] = Math.Clamp(available - total, 0, pool.RolloverTokens * accounts);
        return new MonthCharge(pool.Fee * accounts + (beyond > 0 ? beyond * overage.Charge(usage) : 0));
    }
}

/// <summary>The prepaid amount, per account or per user.</summary>
internal readonly record struct Pool(double Fee, double IncludedTokens, double RolloverTokens, bool PerUser);
