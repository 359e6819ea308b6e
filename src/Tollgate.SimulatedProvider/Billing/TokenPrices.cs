namespace Tollgate.SimulatedProvider.Billing;

/// <summary>
/// US dollars per million tokens of each kind. A kind without a price makes a call that used it unpriced.
/// </summary>
internal sealed record TokenPrices
{
    private const decimal Million = 1_000_000m;

    public decimal? Input { get; init; }
    public decimal? AudioInput { get; init; }
    public decimal? ImageInput { get; init; }
    public decimal? CacheRead { get; init; }
    public decimal? CacheWrite5m { get; init; }
    public decimal? CacheWrite1h { get; init; }
    public decimal? Output { get; init; }
    public decimal? AudioOutput { get; init; }
    public decimal? ImageOutput { get; init; }

    /// <summary>The prices of a whole call whose input, cached included, is above 200,000 tokens.</summary>
    public TokenPrices? Above200k { get; init; }

    public decimal? Price(in BilledTokens tokens)
    {
        if (Above200k is not null && tokens.Input > 200_000)
            return Above200k.Price(tokens);

        // A missing price is harmless as long as nothing of its kind was used; otherwise, null propagates through the
        // sum.
        return GetCost(tokens.InputText, Input)
            + GetCost(tokens.InputAudio, AudioInput)
            + GetCost(tokens.InputImage, ImageInput)
            + GetCost(tokens.CacheRead, CacheRead)
            + GetCost(tokens.CacheWrite5m, CacheWrite5m)
            + GetCost(tokens.CacheWrite1h, CacheWrite1h)
            + GetCost(tokens.OutputText + tokens.OutputReasoning, Output)
            + GetCost(tokens.OutputAudio, AudioOutput)
            + GetCost(tokens.OutputImage, ImageOutput);
    }

    private static decimal? GetCost(long tokens, decimal? perMillion) =>
        tokens == 0 ? 0 : tokens * perMillion / Million;
}
