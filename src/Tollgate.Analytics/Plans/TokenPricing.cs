namespace Tollgate.Analytics.Plans;

/// <summary>Rates ready for use: US dollars for one token.</summary>
internal readonly record struct TokenPricing(double Input, double CachedInput, double Output)
{
    public double Of(in UsageMonth usage) =>
        (usage.InputTokens - usage.CachedInputTokens) * Input
        + usage.CachedInputTokens * CachedInput
        + usage.OutputTokens * Output;
}
