using System.Globalization;
using Tollgate.Metering.Usage;

namespace Tollgate.Dashboard.Figures;

/// <summary>
/// Writes numbers for people: as many digits as one needs to compare them, never as 0 when they are not. Exact values
/// are in the titles of elements and in exports.
/// </summary>
public static class Figure
{
    private const string Dash = "–";
    private static readonly string[] Prefixes = ["", " K", " M", " B", " T"];

    /// <summary>Writes US dollars; null, an unknown cost, is "unpriced".</summary>
    public static string Cost(decimal? usd) =>
        usd switch
        {
            null => "unpriced",
            0 => "$0",
            < 0 => "−" + Cost(-usd.Value),
            < 0.00001m => "<$0.00001",
            < 0.01m => "$" + Round(usd.Value, significant: 2),
            < 1 => "$" + usd.Value.ToString("0.0000", CultureInfo.InvariantCulture),
            _ => "$" + usd.Value.ToString("#,##0.00", CultureInfo.InvariantCulture),
        };

    /// <inheritdoc cref="Cost(decimal?)"/>
    public static string Cost(Money? cost) => Cost(cost?.Usd);

    /// <summary>Writes US dollars with all digits.</summary>
    public static string ExactCost(decimal? usd) =>
        usd is { } known ? $"${known.ToString("0.############", CultureInfo.InvariantCulture)}" : "unpriced";

    /// <summary>Writes a number with three significant digits and a unit prefix, such as <c>1.24 M</c>.</summary>
    public static string Compact(decimal? number)
    {
        if (number is not { } value)
            return Dash;
        var (rest, prefix) = (Math.Abs(value), 0);
        for (; rest >= 999.5m && prefix < Prefixes.Length - 1; prefix++)
            rest /= 1000;
        var text =
            prefix == 0 && rest == decimal.Truncate(rest)
                ? rest.ToString("0", CultureInfo.InvariantCulture)
                : rest.ToString(rest < 9.995m ? "0.00" : rest < 99.95m ? "0.0" : "0", CultureInfo.InvariantCulture);
        return (value < 0 ? "−" : "") + text + Prefixes[prefix];
    }

    /// <summary>Writes a whole number with all digits.</summary>
    public static string Count(long number) => number.ToString("#,##0", CultureInfo.InvariantCulture);

    /// <summary>Writes a duration in seconds.</summary>
    public static string Duration(decimal? seconds) =>
        seconds switch
        {
            null => Dash,
            < 0.0005m => "<1 ms",
            < 0.9995m => Invariant($"{seconds.Value * 1000:0} ms"),
            < 59.95m => Invariant($"{seconds.Value:0.0} s"),
            < 3600 => Invariant($"{Math.Floor(seconds.Value / 60)} m {seconds.Value % 60:0} s"),
            _ => Invariant($"{Math.Floor(seconds.Value / 3600)} h {seconds.Value / 60 % 60:0} m"),
        };

    /// <summary>Writes a part of a whole, from 0 to 1, in percent.</summary>
    public static string Share(decimal? part) =>
        part switch
        {
            null => Dash,
            0 => "0%",
            > 0 and < 0.001m => "<0.1%",
            < 0.0995m => Invariant($"{part.Value * 100:0.0}%"),
            _ => Invariant($"{part.Value * 100:0}%"),
        };

    /// <summary>Writes a value of a unit.</summary>
    public static string Write(decimal? value, FigureUnit unit) =>
        unit switch
        {
            FigureUnit.Usd => Cost(value),
            FigureUnit.Seconds => Duration(value),
            FigureUnit.Share => Share(value),
            _ => Compact(value),
        };

    /// <summary>Writes a value of a unit with all digits.</summary>
    public static string WriteExact(decimal? value, FigureUnit unit) =>
        unit switch
        {
            FigureUnit.Usd => ExactCost(value),
            FigureUnit.Seconds => value is { } seconds ? Invariant($"{seconds:0.######} s") : Dash,
            FigureUnit.Share => value is { } part ? Invariant($"{part * 100:0.######}%") : Dash,
            _ => value is { } number ? number.ToString("#,##0.######", CultureInfo.InvariantCulture) : Dash,
        };

    private static string Round(decimal value, int significant)
    {
        var digits = significant - 1 - (int)Math.Floor(Math.Log10((double)value));
        return Math.Round(value, Math.Min(digits, 12)).ToString("0.############", CultureInfo.InvariantCulture);
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
