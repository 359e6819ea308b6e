namespace Tollgate.Analytics.Flows.Tallies;

/// <summary>
/// One percentile of a number of values: the two values that it lies between, and its position between them.
/// </summary>
internal readonly record struct Percentile
{
    private const decimal PicoPerUsd = 1_000_000_000_000m;

    /// <param name="percent">0 to 100.</param>
    /// <param name="count">The number of values, at least one.</param>
    /// <param name="method">How to interpolate between two values.</param>
    public Percentile(decimal percent, long count, PercentileMethod method)
    {
        var rank = (count - 1) * percent / 100m;
        var (below, above) = ((long)decimal.Floor(rank), (long)decimal.Ceiling(rank));
        (Lower, Upper, Weight) = method switch
        {
            PercentileMethod.Linear => (below, above, rank - below),
            PercentileMethod.Nearest when decimal.Round(rank, MidpointRounding.ToEven) is var nearest => (
                (long)nearest,
                (long)nearest,
                0m
            ),
            PercentileMethod.Lower => (below, below, 0m),
            PercentileMethod.Higher => (above, above, 0m),
            PercentileMethod.Midpoint => (below, above, 0.5m),
            _ => throw new ArgumentOutOfRangeException(nameof(method), method, "The percentile method is not defined."),
        };
    }

    /// <summary>Its index in the sorted order.</summary>
    public long Lower { get; }

    /// <summary>Its index in the sorted order.</summary>
    public long Upper { get; }

    /// <summary>The fraction of the way from the lower to the upper.</summary>
    public decimal Weight { get; }

    /// <summary>The percentile in USD of costs in pico-USD, exact to a millionth of a pico-USD.</summary>
    public decimal Between(long lower, long upper) => (lower + decimal.Round((upper - lower) * Weight, 6)) / PicoPerUsd;
}
