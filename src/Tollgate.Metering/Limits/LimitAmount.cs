using System.Globalization;
using Tollgate.Metering.Usage;

namespace Tollgate.Metering.Limits;

/// <summary>
/// Parses and formats amounts of limits: as people write them, and as whole numbers of the metric's unit.
/// </summary>
public static class LimitAmount
{
    /// <summary>The maximum amount of a limit, in the metric's unit. Above it, sums could overflow.</summary>
    public static Int128 Max { get; } = (Int128)1_000_000_000_000_000_000 * 1_000_000;

    /// <summary>Converts US dollars to pico-dollars; finer amounts are rounded once, half to even.</summary>
    public static Int128 FromUsd(decimal usd)
    {
        // In two parts: a decimal has 28 digits, and a billion dollars already has 22 in pico-dollars.
        var whole = decimal.Truncate(usd);
        return ((Int128)whole * Money.PicoPerUsd)
            + (Int128)decimal.Round((usd - whole) * Money.PicoPerUsd, MidpointRounding.ToEven);
    }

    /// <summary>True if a metric counts money.</summary>
    public static bool IsMoney(LimitMetric metric) => metric is LimitMetric.Cost or LimitMetric.CostPerRequest;

    /// <summary>Formats an amount for people: US dollars for money, otherwise the plain number.</summary>
    public static string ToText(LimitMetric metric, Int128 amount) =>
        IsMoney(metric)
            ? ToUsd(amount).ToString("0.############", CultureInfo.InvariantCulture)
            : amount.ToString(CultureInfo.InvariantCulture);

    /// <summary>Converts pico-dollars to US dollars.</summary>
    public static decimal ToUsd(Int128 pico)
    {
        var (whole, rest) = Int128.DivRem(pico, Money.PicoPerUsd);
        return (decimal)whole + ((decimal)rest / Money.PicoPerUsd);
    }

    /// <summary>Parses an amount: US dollars for money, otherwise a whole number.</summary>
    /// <exception cref="FormatException">
    /// It is not valid, or is negative; the message states what is expected.
    /// </exception>
    public static Int128 Parse(LimitMetric metric, string text)
    {
        if (
            !decimal.TryParse(
                text,
                NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture,
                out var number
            )
        )
            throw new FormatException(
                $"'{text}' is not a valid amount. Write "
                    + $"{(IsMoney(metric) ? "US dollars such as 12.50" : "a whole number such as 150000")}."
            );
        if (number < 0)
            throw new FormatException(
                $"The amount {text} is negative. Use 0 to deny every call, or no limit at all to allow every call."
            );
        if (IsMoney(metric))
            return FromUsd(number);
        if (number != decimal.Truncate(number))
            throw new FormatException($"'{text}' is not a whole number, but {metric} are counted in whole numbers.");
        return (Int128)number;
    }
}
