using Tollgate.Analytics.Statistics.Distributions;
using Tollgate.Analytics.Statistics.Fitting;

namespace Tollgate.Analytics.Tests.Statistics;

public class DistributionTests
{
    [Fact]
    public void Densities_probabilities_quantiles_and_moments_agree_with_scipy()
    {
        foreach (var entry in Expected.Get("distributions").EnumerateArray())
        {
            var law = Make(entry.Text("family"), entry.Numbers("parameters"));
            law.Mean.ShouldAgree(entry.Number("mean"), 1e-10, $"{law} mean");
            law.Variance.ShouldAgree(entry.Number("variance"), 1e-9, $"{law} variance");
            foreach (var point in entry.GetProperty("points").EnumerateArray())
            {
                var value = point.Number("value");
                law.LogDensity(value).ShouldBe(point.Number("logDensity"), 1e-9, $"{law} at {value}");
                law.Cumulative(value).ShouldAgree(point.Number("cumulative"), 1e-9, $"{law} below {value}");
                law.Survival(value).ShouldAgree(point.Number("survival"), 1e-9, $"{law} above {value}");
            }
            foreach (var quantile in entry.GetProperty("quantiles").EnumerateArray())
                law.Quantile(quantile.Number("probability"))
                    .ShouldAgree(quantile.Number("value"), 1e-9, $"{law} at {quantile.Number("probability")}");
        }
    }

    [Fact]
    public void Samples_of_every_family_pass_the_test_for_their_own_law()
    {
        foreach (var entry in Expected.Get("distributions").EnumerateArray())
        {
            var law = Make(entry.Text("family"), entry.Numbers("parameters"));
            var sample = new double[20_000];
            law.Sample(1, sample);
            Array.Sort(sample);

            GoodnessOfFit
                .PValueOfKnown(GoodnessOfFit.KolmogorovSmirnov(sample, law), sample.Length)
                .ShouldBeGreaterThan(0.01, law.ToString());
        }
    }

    [Fact]
    public void Draws_from_normal_scores_are_those_from_the_same_probabilities()
    {
        foreach (var entry in Expected.Get("distributions").EnumerateArray())
        {
            var law = Make(entry.Text("family"), entry.Numbers("parameters"));
            double[] scores = [-2, -1, 0, 0.5, 1, 3];
            var probabilities = Array.ConvertAll(
                scores,
                Tollgate.Analytics.Statistics.Numerics.StandardNormal.Cumulative
            );
            law.FromNormalScores(scores);
            law.FromUniforms(probabilities);
            for (var i = 0; i < scores.Length; i++)
                scores[i].ShouldAgree(probabilities[i], 1e-9, law.ToString());
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_sample_and_another_one_another()
    {
        var (first, again, other) = (new double[50], new double[50], new double[50]);
        new Lognormal(1, 2).Sample(7, first);
        new Lognormal(1, 2).Sample(7, again);
        new Lognormal(1, 2).Sample(8, other);

        again.ShouldBe(first);
        other.ShouldNotBe(first);
    }

    [Fact]
    public void A_lognormal_of_a_mean_and_a_variation_has_them()
    {
        var law = Lognormal.FromMean(500, 1.5);

        law.Mean.ShouldBe(500, 1e-9);
        Math.Sqrt(law.Variance).ShouldBe(750, 1e-9);
    }

    [Fact]
    public void A_heavy_tail_has_an_infinite_mean()
    {
        new Pareto(0.9, 1).Mean.ShouldBe(double.PositiveInfinity);
        new Pareto(1.5, 1).Variance.ShouldBe(double.PositiveInfinity);
        new BurrXII(1, 0.9, 1).Mean.ShouldBe(double.PositiveInfinity);
    }

    [Theory]
    [InlineData("cauchy", "mu", 1.0, "'cauchy' is unknown: it must be one of lognormal, gamma")]
    [InlineData("exponential", "scale", -1.0, "scale: must be above 0 and finite, but is -1")]
    [InlineData("exponential", "scale", double.NaN, "scale: must be above 0 and finite, but is NaN")]
    [InlineData("exponential", "mean", 1.0, "mean: is not a parameter of exponential, which has scale")]
    public void Refuses_what_makes_no_distribution(string family, string parameter, double value, string message)
    {
        Should
            .Throw<InvalidInputException>(() =>
                DistributionFamilies.Create(family, new Dictionary<string, double> { [parameter] = value })
            )
            .Message.ShouldContain(message);
    }

    internal static Distribution Make(string family, double[] parameters) =>
        DistributionFamilies.Create(
            family,
            DistributionFamilies
                .GetParameterNames(family)
                .Zip(parameters)
                .ToDictionary(pair => pair.First, pair => pair.Second)
        );
}
