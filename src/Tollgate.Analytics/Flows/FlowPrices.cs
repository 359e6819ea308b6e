namespace Tollgate.Analytics.Flows;

/// <summary>The price of tokens, in pico-USD, so that every flow's cost is a whole number.</summary>
public sealed record FlowPrices
{
    /// <summary>The maximum price, in USD per 1M tokens: with it, the cost of any flow fits into 64 bits.</summary>
    public const decimal MaxPerMillion = 1000m;

    private const decimal PicoPerTokenOfPerMillion = 1_000_000m;

    /// <param name="inputPerMillion">USD per 1M input tokens: 0 to 1000, with at most six decimals.</param>
    /// <param name="outputPerMillion">USD per 1M output tokens, likewise.</param>
    /// <param name="source">The source of the prices, in a few words.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A price is negative, too high, or finer than a pico-USD a token.
    /// </exception>
    public FlowPrices(decimal inputPerMillion, decimal outputPerMillion, string source)
    {
        (InputPerMillion, OutputPerMillion, Source) = (inputPerMillion, outputPerMillion, source);
        InputPicoPerToken = PicoPerToken(inputPerMillion, nameof(inputPerMillion));
        OutputPicoPerToken = PicoPerToken(outputPerMillion, nameof(outputPerMillion));
    }

    /// <summary>2.50 and 10.00 USD per 1M tokens.</summary>
    public static FlowPrices Default { get; } = new(2.50m, 10.00m, "default");

    /// <summary>For flows that have costs of their own.</summary>
    public static FlowPrices Booked { get; } = new(0, 0, "booked");

    /// <summary>USD per 1M input tokens.</summary>
    public decimal InputPerMillion { get; }

    /// <summary>USD per 1M output tokens.</summary>
    public decimal OutputPerMillion { get; }

    /// <summary>The source of the prices.</summary>
    public string Source { get; }

    internal long InputPicoPerToken { get; }

    internal long OutputPicoPerToken { get; }

    private static long PicoPerToken(decimal perMillion, string name)
    {
        var pico = perMillion * PicoPerTokenOfPerMillion;
        if (perMillion is < 0 or > MaxPerMillion)
            throw new ArgumentOutOfRangeException(
                name,
                perMillion,
                $"A price must be from 0 to {MaxPerMillion} USD per 1M tokens."
            );
        if (pico != decimal.Truncate(pico))
            throw new ArgumentOutOfRangeException(
                name,
                perMillion,
                "A price must have at most six decimals (USD per 1M tokens)."
            );
        return (long)pico;
    }
}
