namespace Tollgate.Dashboard.Charts;

/// <summary>An axis from 0 to a round number, with marks at equal distances.</summary>
/// <param name="Max">The end of the axis, at least the highest value.</param>
/// <param name="Marks">The values at which it is marked, highest first, down to 0.</param>
public sealed record AxisScale(decimal Max, IReadOnlyList<decimal> Marks)
{
    private static readonly decimal[] Steps = [1, 2, 2.5m, 5, 10];

    /// <summary>Creates an axis for values up to a highest one.</summary>
    /// <param name="highest">The highest value.</param>
    /// <param name="maxSteps">The maximum number of steps between marks.</param>
    public static AxisScale Create(decimal highest, int maxSteps = 4)
    {
        if (highest <= 0)
            return new AxisScale(1, [1, 0]);
        var unit = 1m;
        while (unit * maxSteps * 10 < highest)
            unit *= 10;
        while (unit * maxSteps >= highest * 10 && unit > 1e-12m)
            unit /= 10;
        var step = Steps.Select(factor => factor * unit).Concat([20 * unit]).First(size => size * maxSteps >= highest);
        var count = (int)Math.Ceiling(highest / step);
        return new AxisScale(step * count, [.. Enumerable.Range(0, count + 1).Reverse().Select(mark => mark * step)]);
    }
}
