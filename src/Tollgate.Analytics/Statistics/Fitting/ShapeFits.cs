using Tollgate.Analytics.Statistics.Distributions;
using Tollgate.Analytics.Statistics.Numerics;

namespace Tollgate.Analytics.Statistics.Fitting;

/// <summary>Fits whose likelihood is concave in a shape, by Newton's method. Samples are in ascending order.</summary>
internal static class ShapeFits
{
    private const int Steps = 200;

    /// <summary>
    /// log(shape) - digamma(shape) = log(mean) - mean(log), in T. Minka's form of the step (2002), which does not
    /// overshoot.
    /// </summary>
    public static Distribution Gamma(double[] values)
    {
        var mean = ClosedFits.Mean(values);
        // If the values are nearly equal, the difference of both logarithms is lost in rounding.
        double gap = 0;
        foreach (var value in values)
            gap += Elementary.LogOnePlusRest((value - mean) / mean);
        gap = -gap / values.Length;
        var shape = (3 - gap + Math.Sqrt((gap - 3) * (gap - 3) + 24 * gap)) / (12 * gap);
        for (var step = 0; step < Steps; step++)
        {
            var error = GammaFunctions.LogLessDigamma(shape) - gap;
            var inverse = 1 / shape + error / (shape * shape * GammaFunctions.InverseLessTrigamma(shape));
            var next = 1 / inverse;
            if (!(next > 0))
                next = shape / 2;
            var done = Math.Abs(next - shape) <= 1e-13 * shape;
            shape = next;
            if (done)
                break;
        }
        return new GammaDistribution(shape, mean / shape);
    }

    /// <summary>
    /// The shape at which the weighted mean of logs minus their mean is its inverse; the scale follows.
    /// </summary>
    public static Distribution Weibull(double[] values)
    {
        // Values relative to the largest one: powers of them cannot overflow.
        var max = values[^1];
        var logs = Array.ConvertAll(values, value => Elementary.Log(value / max));
        var mean = ClosedFits.Mean(logs);
        var (_, deviation) = ClosedFits.MeanAndDeviation(logs);
        var shape = 1.2825498301618641 / deviation;
        double total = 0;
        for (var step = 0; step < Steps; step++)
        {
            double first = 0,
                second = 0;
            total = 0;
            foreach (var log in logs)
            {
                var power = Elementary.Exp(shape * log);
                total += power;
                first += power * log;
                second += power * log * log;
            }
            first /= total;
            var error = first - 1 / shape - mean;
            var next = shape - error / (second / total - first * first + 1 / (shape * shape));
            if (!(next > 0))
                next = shape / 2;
            var done = Math.Abs(next - shape) <= 1e-13 * shape;
            shape = next;
            if (done)
                break;
        }
        return new Weibull(shape, max * Elementary.Power(total / values.Length, 1 / shape));
    }

    /// <summary>Newton's method on both shapes at once, from the moments.</summary>
    public static Distribution Beta(double[] values)
    {
        var meanLog = ClosedFits.Mean(ClosedFits.Logs(values));
        var meanRest = ClosedFits.Mean(Array.ConvertAll(values, value => Elementary.LogOnePlus(-value)));
        var (mean, deviation) = ClosedFits.MeanAndDeviation(values);
        var total = Math.Max(0.1, mean * (1 - mean) / (deviation * deviation) - 1);
        var (a, b) = (mean * total, (1 - mean) * total);
        for (var step = 0; step < Steps; step++)
        {
            var both = GammaFunctions.Digamma(a + b);
            var (errorA, errorB) = (
                both - GammaFunctions.Digamma(a) + meanLog,
                both - GammaFunctions.Digamma(b) + meanRest
            );
            var shared = GammaFunctions.Trigamma(a + b);
            var (slopeA, slopeB) = (shared - GammaFunctions.Trigamma(a), shared - GammaFunctions.Trigamma(b));
            var determinant = slopeA * slopeB - shared * shared;
            var nextA = a - (slopeB * errorA - shared * errorB) / determinant;
            var nextB = b - (slopeA * errorB - shared * errorA) / determinant;
            if (!(nextA > 0))
                nextA = a / 2;
            if (!(nextB > 0))
                nextB = b / 2;
            var done = Math.Abs(nextA - a) <= 1e-13 * a && Math.Abs(nextB - b) <= 1e-13 * b;
            (a, b) = (nextA, nextB);
            if (done)
                break;
        }
        return new BetaDistribution(a, b);
    }
}
