using System.Globalization;
using Tollgate.Analytics.Statistics.Distributions;

namespace Tollgate.Analytics.Statistics.Fitting;

/// <summary>
/// Fits distributions by maximum likelihood. The location is 0 for the families of positive numbers: a fitted location
/// would put the density's pole on the smallest value, and there would be no maximum.
/// </summary>
public static class DistributionFitter
{
    private static readonly Dictionary<
        string,
        (int Parameters, Func<double[], Distribution> Fit, Func<double, bool> CanBe, string Range)
    > Families = new(StringComparer.OrdinalIgnoreCase)
    {
        ["lognormal"] = (2, ClosedFits.Lognormal, value => value > 0, "above 0"),
        ["gamma"] = (2, ShapeFits.Gamma, value => value > 0, "above 0"),
        ["weibull"] = (2, ShapeFits.Weibull, value => value > 0, "above 0"),
        ["pareto"] = (2, ClosedFits.Pareto, value => value > 0, "above 0"),
        ["burr-xii"] = (3, BurrFit.Fit, value => value > 0, "above 0"),
        ["beta"] = (2, ShapeFits.Beta, value => value is > 0 and < 1, "above 0 and below 1"),
        ["exponential"] = (1, ClosedFits.Exponential, value => value >= 0, "0 or more"),
        ["normal"] = (2, ClosedFits.Normal, _ => true, "any"),
    };

    /// <summary>The names of the families that can be fitted.</summary>
    public static IReadOnlyCollection<string> FamilyNames => Families.Keys;

    /// <summary>Fits one family.</summary>
    /// <exception cref="InvalidInputException">
    /// The family is unknown, or the sample is too small, not finite, without variation or outside the family's range.
    /// </exception>
    public static FitResult Fit(string family, ReadOnlySpan<double> values)
    {
        if (!Families.TryGetValue(family, out var known))
            throw new InvalidInputException(
                "family",
                $"'{family}' is unknown: it must be one of {string.Join(", ", Families.Keys)}"
            );
        var sorted = Sorted(values);
        foreach (var value in sorted)
            if (!known.CanBe(value))
                throw new InvalidInputException(
                    "values",
                    InputValidator.FormatRule(value, $"must all be {known.Range} for {family}")
                );
        var distribution = known.Fit(sorted);
        double logLikelihood = 0;
        foreach (var value in sorted)
            logLikelihood += distribution.LogDensity(value);
        if (!double.IsFinite(logLikelihood))
            throw new InvalidInputException("values", $"do not have a finite likelihood under {family}");
        return new FitResult(
            distribution,
            logLikelihood,
            known.Parameters,
            sorted.Length,
            GoodnessOfFit.KolmogorovSmirnov(sorted, distribution),
            GoodnessOfFit.AndersonDarling(sorted, distribution)
        );
    }

    /// <summary>
    /// Fits every family, the best by Akaike's criterion first; those that cannot have produced the sample come last,
    /// with the reason.
    /// </summary>
    /// <exception cref="InvalidInputException">The sample is too small, not finite or without variation.</exception>
    public static IReadOnlyList<FamilyFit> FitAll(ReadOnlySpan<double> values)
    {
        var sample = Sorted(values);
        return
        [
            .. Families
                .Keys.Select(family => TryFit(family, sample))
                .OrderBy(result => result.Fit?.Aic ?? double.PositiveInfinity),
        ];
    }

    internal static FamilyFit TryFit(string family, double[] sample)
    {
        try
        {
            return new FamilyFit(family, Fit(family, sample), null);
        }
        catch (InvalidInputException refused)
        {
            return new FamilyFit(family, null, refused.Message);
        }
    }

    private static double[] Sorted(ReadOnlySpan<double> values)
    {
        SampleChecks.Require(values, "values", 2);
        var sorted = values.ToArray();
        Array.Sort(sorted);
        if (sorted[0] == sorted[^1])
            throw new InvalidInputException(
                "values",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"has {sorted[0]} as its only value, but a fit needs at least two different ones"
                )
            );
        return sorted;
    }
}
