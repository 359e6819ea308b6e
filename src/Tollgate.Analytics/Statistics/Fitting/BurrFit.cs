using Tollgate.Analytics.Statistics.Distributions;
using Tollgate.Analytics.Statistics.Numerics;

namespace Tollgate.Analytics.Statistics.Fitting;

/// <summary>
/// Fits the Burr XII distribution. For a given c and scale, the best d has a formula, which leaves two parameters to a
/// simplex search on their logarithms, from several starting points: the likelihood has a long ridge toward the Weibull
/// distribution.
/// </summary>
internal static class BurrFit
{
    private const double Furthest = 25;
    private const int SketchSize = 1000;

    public static Distribution Fit(double[] values)
    {
        var median = values[values.Length / 2];
        var logs = Array.ConvertAll(values, value => Elementary.Log(value / median));
        var spread = ClosedFits.MeanAndDeviation(logs).Deviation;
        var sketch = Thinned(logs);
        var best = (X: 0.0, Y: 0.0, Value: double.PositiveInfinity);
        // The logistic distribution of the logarithm has this c at d = 1.
        var c = Elementary.Log(1.8137993642342178 / spread);
        foreach (var start in (ReadOnlySpan<double>)[-1, 0, 1.5, 4])
            From(c, start);
        // A sample with a steep lower end and a long tail, or with two modes: its mode is at the lower end, and d is
        // far below 1.
        foreach (var steeper in (ReadOnlySpan<double>)[2, 4])
            From(c + steeper, logs[0]);
        if (sketch.Length < logs.Length)
            best = Simplex.Minimize((x, y) => -LogLikelihood(logs, x, y).Value, best.X, best.Y);
        var d = LogLikelihood(logs, best.X, best.Y).D;
        return new BurrXII(Elementary.Exp(best.X), d, median * Elementary.Exp(best.Y));

        void From(double logC, double logScale)
        {
            var found = Simplex.Minimize((x, y) => -LogLikelihood(sketch, x, y).Value, logC, logScale);
            if (found.Value < best.Value)
                best = found;
        }
    }

    /// <summary>
    /// Evenly spaced quantiles of a large sample: enough to find a starting point for the search on all of it.
    /// </summary>
    private static double[] Thinned(double[] sorted) =>
        sorted.Length <= 2 * SketchSize
            ? sorted
            : [.. Enumerable.Range(0, SketchSize).Select(i => sorted[(int)((i + 0.5) / SketchSize * sorted.Length)])];

    /// <summary>The log-likelihood at the best d, except for terms that do not depend on the parameters.</summary>
    private static (double Value, double D) LogLikelihood(double[] logs, double logC, double logScale)
    {
        if (Math.Abs(logC) > Furthest || Math.Abs(logScale) > Furthest)
            return (double.NegativeInfinity, 1);
        var c = Elementary.Exp(logC);
        double sum = 0,
            powers = 0;
        foreach (var log in logs)
        {
            var exponent = c * (log - logScale);
            sum += log - logScale;
            powers += exponent > 600 ? exponent : Elementary.LogOnePlus(Elementary.Exp(exponent));
        }
        // Toward the Weibull distribution, d grows without bound: this is far enough.
        if (!(powers > 1e-250))
            return (double.NegativeInfinity, 1);
        var d = logs.Length / powers;
        return (logs.Length * (logC + Elementary.Log(d) - logScale) + (c - 1) * sum - (d + 1) * powers, d);
    }
}
