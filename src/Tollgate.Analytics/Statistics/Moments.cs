using Tollgate.Analytics.Statistics.Numerics;

namespace Tollgate.Analytics.Statistics;

/// <summary>The moments of a sample.</summary>
/// <param name="Mean">The arithmetic mean.</param>
/// <param name="StandardDeviation">The square root of the sum of squares over n - 1; 0 for one value.</param>
/// <param name="Skewness">
/// The third central moment over the cube of the deviation, both over n; null without variation.
/// </param>
/// <param name="Kurtosis">
/// The excess: the fourth central moment over the squared variance, minus 3; null without variation.
/// </param>
public sealed record Moments(double Mean, double StandardDeviation, double? Skewness, double? Kurtosis)
{
    /// <summary>The moments of the values. A sample of equal values has exactly that mean and zero deviation.</summary>
    /// <exception cref="InvalidInputException">There are no values, or one is not finite.</exception>
    public static Moments FromSample(ReadOnlySpan<double> values)
    {
        SampleChecks.Require(values, "values", 1);
        var mean = values[0] + OrderedSum.OfDistances(values, values[0]) / values.Length;
        var (second, third, fourth) = OrderedSum.OfPowers(values, mean);
        if (values.Length < 2 || second == 0)
            return new Moments(mean, 0, null, null);
        var variance = second / values.Length;
        return new Moments(
            mean,
            Math.Sqrt(second / (values.Length - 1)),
            third / values.Length / (variance * Math.Sqrt(variance)),
            fourth / values.Length / (variance * variance) - 3
        );
    }
}
