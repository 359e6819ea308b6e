using System.Globalization;

namespace Tollgate.Metering.Usage;

/// <summary>
/// An amount in US dollars, exact to one pico-dollar (1e-12), the finest unit that published token prices need.
/// </summary>
/// <remarks>
/// Holds a <see cref="decimal"/> with at most twelve decimals. More decimals are rounded once, half to even, where the
/// amount is created: by <see cref="Round"/>.
/// </remarks>
public readonly record struct Money : IComparable<Money>
{
    /// <summary>The maximum number of decimals in an amount.</summary>
    public const int Decimals = 12;

    /// <summary>Pico-dollars in a dollar.</summary>
    public const long PicoPerUsd = 1_000_000_000_000;

    /// <summary>Zero, which is a known amount (see <see cref="Usage.UsageRecord.Cost"/> for the unknown one).</summary>
    public static readonly Money Zero;

    private Money(decimal usd) => Usd = usd;

    /// <summary>The amount in US dollars.</summary>
    public decimal Usd { get; }

    /// <summary>The amount nearest to <paramref name="usd"/>, half to even, with at most twelve decimals.</summary>
    public static Money Round(decimal usd) => new(decimal.Round(usd, Decimals, MidpointRounding.ToEven));

    /// <summary>The amount of that many pico-dollars, as stored.</summary>
    public static Money FromPico(long pico) => new(pico / (decimal)PicoPerUsd);

    /// <summary>The amount in pico-dollars, as stored.</summary>
    /// <exception cref="OverflowException">
    /// The amount is above 9.2 million dollars, which no single record can reach.
    /// </exception>
    public long ToPico() => decimal.ToInt64(Usd * PicoPerUsd);

    /// <summary>The sum.</summary>
    public static Money operator +(Money left, Money right) => new(left.Usd + right.Usd);

    /// <summary>The difference.</summary>
    public static Money operator -(Money left, Money right) => new(left.Usd - right.Usd);

    /// <inheritdoc/>
    public int CompareTo(Money other) => Usd.CompareTo(other.Usd);

    /// <summary>
    /// The plain decimal digits without trailing zeros and without a currency sign, such as <c>0.00015</c>.
    /// </summary>
    public override string ToString() => Usd.ToString("0.############", CultureInfo.InvariantCulture);
}
