using System.Collections.Frozen;

namespace Tollgate.SimulatedProvider.Billing;

/// <summary>
/// Prices a bill by a small handwritten table, so that a ledger can be checked against independent figures. All of
/// these providers charge the same for reasoning as for other output.
/// </summary>
public static class BillAudit
{
    // US dollars per million tokens.
    private static readonly FrozenDictionary<string, TokenPrices> Prices = new Dictionary<string, TokenPrices>
    {
        // OpenAI, standard tier: platform.openai.com/docs/pricing, list price, 2026-07
        ["gpt-4o"] = new()
        {
            Input = 2.50m,
            CacheRead = 1.25m,
            Output = 10.00m,
        },
        ["gpt-4o-mini"] = new()
        {
            Input = 0.15m,
            CacheRead = 0.075m,
            Output = 0.60m,
        },
        ["gpt-4.1"] = new()
        {
            Input = 2.00m,
            CacheRead = 0.50m,
            Output = 8.00m,
        },
        ["gpt-4.1-mini"] = new()
        {
            Input = 0.40m,
            CacheRead = 0.10m,
            Output = 1.60m,
        },
        ["gpt-5"] = new()
        {
            Input = 1.25m,
            CacheRead = 0.125m,
            Output = 10.00m,
        },
        ["gpt-5-mini"] = new()
        {
            Input = 0.25m,
            CacheRead = 0.025m,
            Output = 2.00m,
        },
        ["o3"] = new()
        {
            Input = 2.00m,
            CacheRead = 0.50m,
            Output = 8.00m,
        },
        ["o4-mini"] = new()
        {
            Input = 1.10m,
            CacheRead = 0.275m,
            Output = 4.40m,
        },
        ["gpt-4o-audio-preview"] = new()
        {
            Input = 2.50m,
            AudioInput = 40.00m,
            Output = 10.00m,
            AudioOutput = 80.00m,
        },

        // OpenAI embeddings: platform.openai.com/docs/pricing, list price, 2025-09
        ["text-embedding-3-small"] = new() { Input = 0.02m },
        ["text-embedding-3-large"] = new() { Input = 0.13m },

        // Anthropic: docs.claude.com/en/docs/about-claude/pricing, list price, 2026-07
        ["claude-haiku-4-5"] = new()
        {
            Input = 1.00m,
            CacheRead = 0.10m,
            CacheWrite5m = 1.25m,
            CacheWrite1h = 2.00m,
            Output = 5.00m,
        },
        ["claude-opus-4-5"] = new()
        {
            Input = 5.00m,
            CacheRead = 0.50m,
            CacheWrite5m = 6.25m,
            CacheWrite1h = 10.00m,
            Output = 25.00m,
        },
        ["claude-sonnet-4-5"] = new()
        {
            Input = 3.00m,
            CacheRead = 0.30m,
            CacheWrite5m = 3.75m,
            CacheWrite1h = 6.00m,
            Output = 15.00m,
            Above200k = new()
            {
                Input = 6.00m,
                CacheRead = 0.60m,
                CacheWrite5m = 7.50m,
                CacheWrite1h = 12.00m,
                Output = 22.50m,
            },
        },

        // Google, paid tier: ai.google.dev/gemini-api/docs/pricing, list price, 2026-07. Images are read at the text
        // rate.
        ["gemini-2.5-flash"] = new()
        {
            Input = 0.30m,
            ImageInput = 0.30m,
            AudioInput = 1.00m,
            CacheRead = 0.03m,
            Output = 2.50m,
        },
        ["gemini-2.5-pro"] = new()
        {
            Input = 1.25m,
            ImageInput = 1.25m,
            CacheRead = 0.125m,
            Output = 10.00m,
            Above200k = new()
            {
                Input = 2.50m,
                ImageInput = 2.50m,
                CacheRead = 0.25m,
                Output = 15.00m,
            },
        },
        ["gemini-embedding-001"] = new() { Input = 0.15m },
    }.ToFrozenDictionary();

    /// <summary>The models that the table prices, in alphabetical order.</summary>
    public static IReadOnlyList<string> Models { get; } = [.. Prices.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The exact price of one call in US dollars; null for a model or kind of token without a price.</summary>
    public static decimal? Price(string model, in BilledTokens tokens) =>
        Prices.TryGetValue(model, out var price) ? price.Price(tokens) : null;
}
