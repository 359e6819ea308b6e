using System.Globalization;
using Tollgate.Metering.Usage;

namespace Tollgate.Metering.Limits;

/// <summary>Amounts of limits, as people write them and as whole numbers of the metric's unit.</summary>
public static class LimitAmount
{
    /// <summary>Pico-dollars of an amount in US dollars; what is finer is rounded once, half to even.</summary>
    public static Int128 OfUsd(decimal usd)
    {
        // In two parts: a decimal holds 28 digits, and a billion dollars has 22 in pico-dollars already.
        var whole = decimal.Truncate(usd);
        return ((Int128)whole * Money.PicoPerUsd)
            + (Int128)decimal.Round((usd - whole) * Money.PicoPerUsd, MidpointRounding.ToEven);
    }

    /// <summary>Whether a metric is counted in money.</summary>
    public static bool IsMoney(LimitMetric metric) => metric is LimitMetric.Cost or LimitMetric.CostPerRequest;

    /// <summary>The amount for people: US dollars for money, else the plain number.</summary>
    public static string ToText(LimitMetric metric, Int128 amount) =>
        IsMoney(metric)
            ? ToUsd(amount).ToString("0.############", CultureInfo.InvariantCulture)
            : amount.ToString(CultureInfo.InvariantCulture);

    /// <summary>US dollars of an amount in pico-dollars.</summary>
    public static decimal ToUsd(Int128 pico)
    {
        var (whole, rest) = Int128.DivRem(pico, Money.PicoPerUsd);
        return (decimal)whole + ((decimal)rest / Money.PicoPerUsd);
    }

    /// <summary>Reads an amount: US dollars for money, else a whole number.</summary>
    /// <exception cref="FormatException">It is none, or negative; the message says what is expected.</exception>
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
                $"'{text}' is no amount. Write "
                    + $"{(IsMoney(metric) ? "US dollars such as 12.50" : "a whole number such as 150000")}."
            );
        if (number < 0)
            throw new FormatException(
                $"The amount {text} is negative. 0 denies every call; without a limit everything passes."
            );
        if (IsMoney(metric))
            return OfUsd(number);
        if (number != decimal.Truncate(number))
            throw new FormatException($"'{text}' is not a whole number, and {metric} are counted in whole ones.");
        return (Int128)number;
    }
}
