namespace Tollgate.Analytics.Plans;

/// <summary>Rates prepared for use: US dollars per token.</summary>
internal readonly record struct TokenPricing(double Input, double CachedInput, double Output)
{
    public double Charge(in UsageMonth usage) =>
        (usage.InputTokens - usage.CachedInputTokens) * Input
        + usage.CachedInputTokens * CachedInput
        + usage.OutputTokens * Output;
}
