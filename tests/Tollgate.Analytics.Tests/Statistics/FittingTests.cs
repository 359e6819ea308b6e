using Tollgate.Analytics.Statistics.Distributions;
using Tollgate.Analytics.Statistics.Fitting;

namespace Tollgate.Analytics.Tests.Statistics;

public class FittingTests
{
    [Fact]
    public void Every_fit_is_at_least_as_likely_as_that_of_scipy()
    {
        foreach (var entry in Expected.Get("fits").EnumerateArray())
        {
            var fit = DistributionFitter.Fit(entry.Text("family"), entry.Numbers("values"));
            var scipy = entry.Number("logLikelihood");

            fit.LogLikelihood.ShouldBeGreaterThanOrEqualTo(scipy - 1e-6 * Math.Abs(scipy), fit.ToString());
        }
    }

    [Fact]
    public void Samples_of_any_shape_are_fitted_at_least_as_well_as_by_scipy()
    {
        foreach (var sample in Expected.Get("shapes").EnumerateArray())
            foreach (var scipy in sample.GetProperty("logLikelihoods").EnumerateObject())
            {
                var fit = DistributionFitter.Fit(scipy.Name, sample.Numbers("values"));
                var expected = scipy.Value.GetDouble();

                fit.LogLikelihood.ShouldBeGreaterThanOrEqualTo(
                    expected - 1e-6 * Math.Abs(expected),
                    $"{sample.Text("name")}: {fit}"
                );
            }
    }

    [Fact]
    public void A_gamma_fit_keeps_its_digits_where_values_are_nearly_the_same()
    {
        foreach (var sample in Expected.Get("nearlyConstant").EnumerateArray())
        {
            var fit = DistributionFitter.Fit("gamma", sample.Numbers("values"));

            fit.LogLikelihood.ShouldAgree(sample.Number("logLikelihood"), 1e-8, fit.ToString());
            ((GammaDistribution)fit.Distribution).Shape.ShouldAgree(sample.Number("shape"), 1e-6, fit.ToString());
            fit.KolmogorovSmirnov.ShouldBeLessThan(0.2);
            DistributionFitter
                .FitAll(sample.Numbers("values"))
                .ShouldAllBe(static family => family.Fit != null || family.Family == "beta");
        }
    }

    [Fact]
    public void Statistics_at_given_parameters_agree_with_scipy()
    {
        foreach (var entry in Expected.Get("fits").EnumerateArray())
        {
            var law = DistributionTests.Make(entry.Text("family"), entry.Numbers("parameters"));
            var sorted = entry.Numbers("values").Order().ToArray();
            var statistic = GoodnessOfFit.KolmogorovSmirnov(sorted, law);

            statistic.ShouldAgree(entry.Number("kolmogorovSmirnov"), 1e-6, law.ToString());
            GoodnessOfFit
                .PValueOfKnown(statistic, sorted.Length)
                .ShouldBe(entry.Number("pValue"), 1e-6, law.ToString());
            GoodnessOfFit
                .AndersonDarling(sorted, law)
                .ShouldAgree(entry.Number("andersonDarling"), 1e-6, law.ToString());
        }
    }

    [Fact]
    public void Fits_find_the_parameters_that_made_the_sample()
    {
        foreach (var entry in Expected.Get("fits").EnumerateArray())
        {
            var law = DistributionTests.Make(entry.Text("family"), entry.Numbers("parameters"));
            var sample = new double[40_000];
            law.Sample(3, sample);

            var fitted = DistributionFitter.Fit(law.Family, sample).Distribution;

            foreach (var name in DistributionFamilies.GetParameterNames(law.Family))
                Parameter(fitted, name).ShouldAgree(Parameter(law, name), 0.08, $"{law} {name}");
            fitted.Quantile(0.9).ShouldAgree(law.Quantile(0.9), 0.03, law.ToString());
        }
    }

    [Fact]
    public void The_family_that_made_the_sample_is_the_best()
    {
        var sample = new double[5000];
        new Lognormal(2, 0.9).Sample(5, sample);

        var fits = DistributionFitter.FitAll(sample);

        fits[0].Family.ShouldBe("lognormal");
        fits.Count.ShouldBe(8);
        fits[^1].Family.ShouldBe("beta");
        fits[^1].Reason.ShouldNotBeNull().ShouldContain("must all be above 0 and below 1 for beta");
        fits[0].Fit!.Bic.ShouldBeGreaterThan(fits[0].Fit!.Aic);
    }

    [Fact]
    public void A_fitted_distribution_can_be_drawn_from()
    {
        foreach (var entry in Expected.Get("fits").EnumerateArray())
        {
            var fit = DistributionFitter.Fit(entry.Text("family"), entry.Numbers("values"));
            var sample = new double[5000];
            fit.Distribution.Sample(9, sample);
            Array.Sort(sample);

            GoodnessOfFit
                .PValueOfKnown(GoodnessOfFit.KolmogorovSmirnov(sample, fit.Distribution), sample.Length)
                .ShouldBeGreaterThan(0.001);
        }
    }

    [Fact]
    public void Bootstrapped_p_values_accept_the_own_family_and_reject_another()
    {
        var sample = new double[300];
        new Weibull(0.7, 10).Sample(4, sample);

        var own = GoodnessOfFit.FittedPValues(DistributionFitter.Fit("weibull", sample), rounds: 99);
        var other = GoodnessOfFit.FittedPValues(DistributionFitter.Fit("normal", sample), rounds: 99);

        own.KolmogorovSmirnov.ShouldBeGreaterThan(0.05);
        own.AndersonDarling.ShouldBeGreaterThan(0.05);
        other.KolmogorovSmirnov.ShouldBe(0.01);
        other.AndersonDarling.ShouldBe(0.01);
    }

    [Theory]
    [InlineData("lognormal", "1", "values: has 1 value, but needs at least 2")]
    [InlineData("lognormal", "1 2 NaN", "values[2]: must be a finite number, but is NaN")]
    [InlineData("lognormal", "-1 2", "values: must all be above 0 for lognormal, but is -1")]
    [InlineData("lognormal", "3 3 3", "values: has 3 as its only value, but a fit needs at least two different ones")]
    [InlineData("zipf", "1 2", "family: 'zipf' is unknown")]
    public void Refuses_what_cannot_be_fitted(string family, string values, string message)
    {
        var sample = values
            .Split(' ')
            .Select(text => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture))
            .ToArray();

        Should
            .Throw<InvalidInputException>(() => DistributionFitter.Fit(family, sample))
            .Message.ShouldStartWith(message);
    }

    private static double Parameter(Distribution law, string name) =>
        (double)
            law.GetType()
                .GetProperties()
                .Single(property => property.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                .GetValue(law)!;
}
