using Tollgate.Analytics.Flows.Generation;
using Tollgate.Analytics.Forecasting;

namespace Tollgate.Analytics.Tests.Forecasting;

/// <summary>Series of which is known what is in them. The same seed gives the same series.</summary>
internal static class GeneratedSeries
{
    public static readonly DateOnly Start = new(2026, 1, 5);

    private static readonly double[] OfficeWeek = [1.1, 1.2, 1.15, 1.1, 1.0, 0.35, 0.3];

    /// <summary>A week, a trend of up to 1 % a day that fades, and noise of 10 to 30 %.</summary>
    public static double[] Structured(ulong seed, int days)
    {
        var random = new SeededStream(seed);
        var (level, growth, noise) = (
            5 + (200 * random.NextDouble()),
            (random.NextDouble() * 0.012) - 0.002,
            0.1 + (0.2 * random.NextDouble())
        );
        return
        [
            .. Enumerable
                .Range(0, days)
                .Select(day =>
                    level * (1 + (growth * day)) * OfficeWeek[day % 7] * Math.Exp(noise * random.NextNormal())
                ),
        ];
    }

    /// <summary>
    /// A week whose level wanders by 3 % a day, with noise of 15 % and, one day in five, no use on a weekend.
    /// </summary>
    public static double[] Wandering(ulong seed, int days)
    {
        var random = new SeededStream(seed);
        var level = 5 + (100 * random.NextDouble());
        return
        [
            .. Enumerable
                .Range(0, days)
                .Select(day =>
                {
                    level *= Math.Exp(0.03 * random.NextNormal());
                    var amount = level * OfficeWeek[day % 7] * Math.Exp(0.15 * random.NextNormal());
                    return random.NextDouble() < 0.2 && day % 7 >= 5 ? 0 : amount;
                }),
        ];
    }

    /// <summary>A random walk of amounts: no method can know more than its last value.</summary>
    public static double[] RandomWalk(ulong seed, int days)
    {
        var random = new SeededStream(seed);
        var level = 200.0;
        return [.. Enumerable.Range(0, days).Select(_ => level = Math.Abs(level + (6 * random.NextNormal())))];
    }

    public static DailySeries ToSeries(this IEnumerable<double> amounts) =>
        DailySeries.FromDays(
            amounts.Select(static (amount, day) => (Start.AddDays(day), (decimal)amount)),
            start: Start
        );
}
