namespace Tollgate.Analytics.Simulation;

/// <summary>The usage of a mean month.</summary>
/// <param name="Requests">Requests.</param>
/// <param name="InputTokens">Input tokens, those read from a cache included.</param>
/// <param name="CachedInputTokens">Input tokens read from a cache.</param>
/// <param name="OutputTokens">Output tokens.</param>
public sealed record MeanUsage(double Requests, double InputTokens, double CachedInputTokens, double OutputTokens)
{
    /// <summary>Input and output tokens.</summary>
    public double TotalTokens => InputTokens + OutputTokens;
}
