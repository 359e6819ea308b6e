using System.Globalization;

namespace Tollgate.Charts;

/// <summary>The axis of the chart: ends at a round number, so that its four steps are readable.</summary>
internal static class ChartScale
{
    private static readonly decimal[] Steps = [1, 1.2m, 1.6m, 2, 2.4m, 3, 4, 5, 6, 8, 10];

    /// <summary>The smallest round number that is not below the highest bar; 1 if all costs are 0.</summary>
    public static decimal RoundUp(decimal highest)
    {
        if (highest <= 0)
            return 1;
        var power = 1m;
        while (power * 10 <= highest)
            power *= 10;
        while (power > highest)
            power /= 10;
        return Steps.Select(step => step * power).First(top => top >= highest);
    }

    /// <summary>A step of the axis, with as many decimals as a quarter of its top needs.</summary>
    public static string Label(decimal value, decimal top)
    {
        var decimals = 0;
        for (var quarter = top / 4; quarter != decimal.Truncate(quarter) && decimals < 12; quarter *= 10)
            decimals++;
        return value.ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }
}
