using Tollgate.Analytics.Statistics.Distributions;

namespace Tollgate.Analytics.Statistics.Fitting;

/// <summary>The distance of a sample from a distribution.</summary>
public static class GoodnessOfFit
{
    /// <summary>The Kolmogorov-Smirnov statistic of values in ascending order.</summary>
    public static double KolmogorovSmirnov(ReadOnlySpan<double> sorted, Distribution distribution)
    {
        SampleChecks.Require(sorted, "values", 1);
        double max = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            var probability = distribution.Cumulative(sorted[i]);
            max = Math.Max(
                max,
                Math.Max((i + 1.0) / sorted.Length - probability, probability - (double)i / sorted.Length)
            );
        }
        return max;
    }

    /// <summary>
    /// The Anderson-Darling statistic of values in ascending order; infinite if one of them cannot occur.
    /// </summary>
    public static double AndersonDarling(ReadOnlySpan<double> sorted, Distribution distribution)
    {
        SampleChecks.Require(sorted, "values", 1);
        double sum = 0;
        for (var i = 0; i < sorted.Length; i++)
            sum +=
                (2 * i + 1)
                * (Math.Log(distribution.Cumulative(sorted[i])) + Math.Log(distribution.Survival(sorted[^(i + 1)])));
        return double.IsNaN(sum) ? double.PositiveInfinity : -sorted.Length - sum / sorted.Length;
    }

    /// <summary>
    /// The p-value of the Kolmogorov-Smirnov statistic by Kolmogorov's limit. It is valid only for parameters that were
    /// known in advance: with fitted ones it is far too large; use <see cref="FittedPValues"/> instead.
    /// </summary>
    public static double PValueOfKnown(double statistic, int count)
    {
        var t = statistic * Math.Sqrt(count);
        if (t < 0.18)
            return 1;
        double sum = 0;
        if (t < 1)
        {
            for (var k = 1; k < 20; k += 2)
                sum += Math.Exp(-k * k * Math.PI * Math.PI / (8 * t * t));
            return 1 - Math.Sqrt(2 * Math.PI) / t * sum;
        }
        for (var k = 1; k < 100; k++)
        {
            var term = Math.Exp(-2.0 * k * k * t * t);
            sum += k % 2 == 1 ? term : -term;
            if (term < 1e-18)
                break;
        }
        return Math.Clamp(2 * sum, 0, 1);
    }

    /// <summary>
    /// p-values for fitted parameters by the parametric bootstrap: samples are drawn from the fit and fitted again; the
    /// result is the share (k + 1) / (rounds + 1) of samples that are at least as far from their own fit.
    /// </summary>
    /// <exception cref="InvalidInputException">There are fewer than 19 rounds.</exception>
    public static FittedPValues FittedPValues(FitResult fit, int rounds = 199, ulong seed = 0)
    {
        if (rounds < 19)
            throw new InvalidInputException("rounds", $"must be 19 or more, but is {rounds}: fewer cannot resolve 5 %");
        var sample = new double[fit.Count];
        int kolmogorovSmirnov = 1,
            andersonDarling = 1,
            done = 1;
        for (var round = 0; round < rounds; round++)
        {
            fit.Distribution.Sample(unchecked(seed + (ulong)round * 0x9E3779B97F4A7C15), sample);
            var again = DistributionFitter.TryFit(fit.Distribution.Family, sample).Fit;
            if (again is null)
                continue;
            done++;
            if (again.KolmogorovSmirnov >= fit.KolmogorovSmirnov)
                kolmogorovSmirnov++;
            if (again.AndersonDarling >= fit.AndersonDarling)
                andersonDarling++;
        }
        return new FittedPValues((double)kolmogorovSmirnov / done, (double)andersonDarling / done, done - 1);
    }
}
