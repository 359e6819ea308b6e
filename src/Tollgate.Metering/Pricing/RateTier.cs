using Tollgate.Metering.Usage;

namespace Tollgate.Metering.Pricing;

/// <summary>The rates of one service tier, above one context size.</summary>
public sealed class RateTier
{
    private readonly decimal?[] _rates;

    /// <summary>
    /// Creates a tier with the given rates, in US dollars per unit (a token, a second, one tool use).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A rate or the threshold is negative, or a rate is above <see cref="MaxRate"/>.
    /// </exception>
    public RateTier(
        ServiceTier serviceTier,
        long aboveInputTokens,
        IEnumerable<KeyValuePair<UsageKind, decimal>> rates,
        bool inherits = false
    )
        : this(serviceTier, aboveInputTokens, ByKind(rates), inherits) { }

    /// <summary>Creates a tier that owns the array of rates by kind.</summary>
    internal RateTier(ServiceTier serviceTier, long aboveInputTokens, decimal?[] rates, bool inherits)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(aboveInputTokens);
        foreach (var rate in rates)
            if (rate is < 0 or > MaxRate)
                throw new ArgumentOutOfRangeException(
                    nameof(rates),
                    rate,
                    "A rate must not be negative or above the maximum."
                );
        ServiceTier = serviceTier;
        AboveInputTokens = aboveInputTokens;
        Inherits = inherits;
        _rates = rates;
    }

    /// <summary>
    /// The highest plausible rate, in US dollars per unit. It keeps every sum within <see cref="decimal"/>.
    /// </summary>
    public const decimal MaxRate = 1_000_000m;

    /// <summary>The class of service that these rates are for.</summary>
    public ServiceTier ServiceTier { get; }

    /// <summary>
    /// The rates apply to a whole request whose input, cached tokens included, is larger than this; 0 is the base.
    /// </summary>
    public long AboveInputTokens { get; }

    /// <summary>
    /// True if a kind without a rate here has the rate of the next lower context tier of the same service tier. Off by
    /// default, so that such a kind is unpriced: a larger context never costs less, so the lower rate could
    /// undercharge.
    /// </summary>
    public bool Inherits { get; }

    /// <summary>US dollars per unit; null if the tier has no rate, which is not the same as zero.</summary>
    public decimal? this[UsageKind kind] => _rates[(int)kind];

    /// <summary>
    /// True if the other tier is for the same service tier and context: a card can have only one of them.
    /// </summary>
    internal bool IsForSameRequestsAs(RateTier other) =>
        ServiceTier == other.ServiceTier && AboveInputTokens == other.AboveInputTokens;

    /// <summary>True if the other tier is for the same requests and has the same rates.</summary>
    internal bool HasSameRatesAs(RateTier other) =>
        IsForSameRequestsAs(other) && Inherits == other.Inherits && _rates.AsSpan().SequenceEqual(other._rates);

    private static decimal?[] ByKind(IEnumerable<KeyValuePair<UsageKind, decimal>> rates)
    {
        var byKind = new decimal?[TokenUsage.KindCount];
        foreach (var (kind, rate) in rates)
            byKind[(int)kind] = rate;
        return byKind;
    }
}
