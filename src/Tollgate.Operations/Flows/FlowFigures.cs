using System.Globalization;
using Tollgate.Analytics.Flows;

namespace Tollgate.Operations.Flows;

/// <summary>Formats the figures of a flow report for people.</summary>
internal static class FlowFigures
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static string FormatName(FlowGroup group) => group.Name.Length > 0 ? group.Name : "(none)";

    /// <summary>Two decimals, and four significant digits below one dollar.</summary>
    public static string Usd(decimal value)
    {
        if (value is 0 or >= 1)
            return value.ToString("0.00", Invariant);
        var decimals = 3;
        for (var first = value; first < 1 && decimals < 12; first *= 10)
            decimals++;
        var text = decimal.Round(value, decimals, MidpointRounding.AwayFromZero).ToString("0.00##########", Invariant);
        return text;
    }

    /// <summary>With thousands separators.</summary>
    public static string GroupedUsd(decimal usd) => usd >= 1000 ? usd.ToString("N2", Invariant) : Usd(usd);

    public static string Count(long value) => value.ToString("N0", Invariant);

    public static string Exact(decimal value) => value.ToString("0.00##########", Invariant);
}
