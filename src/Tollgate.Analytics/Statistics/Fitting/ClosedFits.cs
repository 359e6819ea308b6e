using Tollgate.Analytics.Statistics.Distributions;
using Tollgate.Analytics.Statistics.Numerics;

namespace Tollgate.Analytics.Statistics.Fitting;

/// <summary>Fits whose maximum has a closed form. Samples are in ascending order.</summary>
internal static class ClosedFits
{
    public static Distribution Lognormal(double[] values)
    {
        var (mu, sigma) = MeanAndDeviation(Logs(values));
        return new Lognormal(mu, sigma);
    }

    public static Distribution Normal(double[] values)
    {
        var (mu, sigma) = MeanAndDeviation(values);
        return new Normal(mu, sigma);
    }

    public static Distribution Exponential(double[] values) => new Exponential(Mean(values));

    public static Distribution Pareto(double[] values)
    {
        var min = values[0];
        var sum = values.Sum(value => Elementary.Log(value / min));
        return new Pareto(values.Length / sum, min);
    }

    public static double[] Logs(double[] values) => Array.ConvertAll(values, Elementary.Log);

    public static double Mean(double[] values) => values[0] + OrderedSum.OfDistances(values, values[0]) / values.Length;

    /// <summary>The standard deviation over n, as used in the likelihood.</summary>
    public static (double Mean, double Deviation) MeanAndDeviation(double[] values)
    {
        var mean = Mean(values);
        return (mean, Math.Sqrt(OrderedSum.OfPowers(values, mean).Second / values.Length));
    }
}
