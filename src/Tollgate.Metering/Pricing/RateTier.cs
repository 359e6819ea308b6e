using Tollgate.Metering.Usage;

namespace Tollgate.Metering.Pricing;

/// <summary>The rates of one service tier, from one size of context on.</summary>
public sealed class RateTier
{
    private readonly decimal?[] _rates;

    /// <summary>
    /// Makes a tier of the given rates, in US dollars per unit (a token, a second, one use of a tool).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A rate or the threshold is negative, or the rate is beyond
    /// <see cref="MaxRate"/>.</exception>
    public RateTier(
        ServiceTier serviceTier,
        long aboveInputTokens,
        IEnumerable<KeyValuePair<UsageKind, decimal>> rates,
        bool inherits = false
    )
        : this(serviceTier, aboveInputTokens, ByKind(rates), inherits) { }

    /// <summary>Makes a tier that keeps the array of rates by kind.</summary>
    internal RateTier(ServiceTier serviceTier, long aboveInputTokens, decimal?[] rates, bool inherits)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(aboveInputTokens);
        foreach (var rate in rates)
            if (rate is < 0 or > MaxRate)
                throw new ArgumentOutOfRangeException(nameof(rates), rate, "A rate is negative or beyond belief.");
        ServiceTier = serviceTier;
        AboveInputTokens = aboveInputTokens;
        Inherits = inherits;
        _rates = rates;
    }

    /// <summary>
    /// The highest rate that is believed, in US dollars per unit. It keeps every sum within <see cref="decimal"/>.
    /// </summary>
    public const decimal MaxRate = 1_000_000m;

    /// <summary>The class of service that these rates are for.</summary>
    public ServiceTier ServiceTier { get; }

    /// <summary>
    /// The rates hold for a whole request whose input, cached tokens included, is larger than this; 0 is the base.
    /// </summary>
    public long AboveInputTokens { get; }

    /// <summary>
    /// Whether a kind without a rate here has that of the next lower context tier of the same service tier.
    /// Off by default, when such a kind is unpriced: a larger context never costs less, so the lower rate could
    /// undercharge.
    /// </summary>
    public bool Inherits { get; }

    /// <summary>US dollars per unit; null where the tier states none, which is not the same as zero.</summary>
    public decimal? this[UsageKind kind] => _rates[(int)kind];

    /// <summary>
    /// Whether the other tier is for the same service tier and context, so that a card can have but one of them.
    /// </summary>
    internal bool IsForSameRequestsAs(RateTier other) =>
        ServiceTier == other.ServiceTier && AboveInputTokens == other.AboveInputTokens;

    /// <summary>Whether the other tier is for the same requests and states the same rates.</summary>
    internal bool HasRatesOf(RateTier other) =>
        IsForSameRequestsAs(other) && Inherits == other.Inherits && _rates.AsSpan().SequenceEqual(other._rates);

    private static decimal?[] ByKind(IEnumerable<KeyValuePair<UsageKind, decimal>> rates)
    {
        var byKind = new decimal?[TokenUsage.KindCount];
        foreach (var (kind, rate) in rates)
            byKind[(int)kind] = rate;
        return byKind;
    }
}
