using Tollgate.Analytics.Statistics.Dependence;

namespace Tollgate.Analytics.Tests.Statistics;

public class DependenceTests
{
    [Fact]
    public void Correlations_agree_with_scipy_with_ties_and_without()
    {
        foreach (var entry in Expected.Get("correlations").EnumerateArray())
        {
            var (x, y) = (entry.Numbers("x"), entry.Numbers("y"));

            Correlation.Pearson(x, y).ShouldBe(entry.Number("pearson"), 1e-12);
            Correlation.Spearman(x, y).ShouldBe(entry.Number("spearman"), 1e-12);
            Correlation.Kendall(x, y).ShouldBe(entry.Number("kendall"), 1e-12);
            Correlation.PValue(entry.Number("pearson"), x.Length).ShouldAgree(entry.Number("pearsonP"), 1e-6, "p");
            Correlation.PValue(entry.Number("spearman"), x.Length).ShouldAgree(entry.Number("spearmanP"), 1e-6, "p");
        }
    }

    [Fact]
    public void Copula_densities_and_fits_agree_with_scipy()
    {
        var pairs = Expected.Get("correlations")[0];
        var fits = CopulaFit.FitAll(pairs.Numbers("x"), pairs.Numbers("y"));
        foreach (var entry in Expected.Get("copulas").EnumerateArray())
        {
            var family = entry.Text("family");
            foreach (var point in entry.GetProperty("points").EnumerateArray())
                CopulaFamilies
                    .Create(family, point.Number("parameter"))
                    .LogDensity(point.Number("u"), point.Number("v"))
                    .ShouldBe(point.Number("logDensity"), 1e-9, family);
            var fit = fits.Single(candidate => candidate.Copula.Family == family);
            fit.LogLikelihood.ShouldAgree(entry.Number("logLikelihood"), 1e-6, family);
            ParameterOf(fit.Copula).ShouldBe(entry.Number("parameter"), 1e-4, family);
        }
        fits.Select(fit => fit.Aic).ShouldBeInOrder();
    }

    [Theory]
    [InlineData("gaussian", 0.7)]
    [InlineData("gaussian", -0.4)]
    [InlineData("clayton", 2.0)]
    [InlineData("gumbel", 2.0)]
    [InlineData("gumbel", 12.0)]
    public void Samples_have_the_rank_correlation_and_the_even_margins_of_their_copula(string family, double parameter)
    {
        var copula = CopulaFamilies.Create(family, parameter);
        var (u, v) = (new double[40_000], new double[40_000]);
        copula.Sample(2, u, v);

        Correlation.Kendall(u, v).ShouldBe(copula.KendallTau, 0.015);
        v.Min().ShouldBeGreaterThan(0);
        v.Max().ShouldBeLessThan(1);
        var sorted = v.Order().ToArray();
        for (var i = 0; i < sorted.Length; i += 500)
            sorted[i].ShouldBe((i + 0.5) / sorted.Length, 0.01);
    }

    [Theory]
    [InlineData("clayton", 2.0)]
    [InlineData("gumbel", 2.0)]
    public void Samples_have_the_tails_of_their_copula(string family, double parameter)
    {
        var copula = CopulaFamilies.Create(family, parameter);
        var (u, v) = (new double[100_000], new double[100_000]);
        copula.Sample(6, u, v);

        var tails = TailDependence.FromSample(u, v, 0.99);

        // At a finite level the share that has no tail dependence is not 0 yet, so only the dependent tail is held to
        // its limit.
        if (family == "clayton")
            tails.Lower.ShouldBe(copula.LowerTailDependence, 0.05);
        else
            tails.Upper.ShouldBe(copula.UpperTailDependence, 0.05);
        (family == "clayton" ? tails.Upper : tails.Lower).ShouldBeLessThan(0.25);
        tails.PairsInTail.ShouldBeInRange(998, 1002);
    }

    [Fact]
    public void A_copula_is_found_again_in_its_own_sample()
    {
        foreach (var copula in new Copula[] { new GaussianCopula(0.6), new ClaytonCopula(1.5), new GumbelCopula(1.8) })
        {
            var (u, v) = (new double[4000], new double[4000]);
            copula.Sample(8, u, v);

            var best = CopulaFit.FitAll(u, v)[0].Copula;

            best.Family.ShouldBe(copula.Family);
            ParameterOf(best).ShouldAgree(ParameterOf(copula), 0.08, copula.Family);
        }
    }

    [Fact]
    public void Copulas_of_a_rank_correlation_have_it()
    {
        GaussianCopula.FromKendall(0.4).KendallTau.ShouldBe(0.4, 1e-12);
        ClaytonCopula.FromKendall(0.4).KendallTau.ShouldBe(0.4, 1e-12);
        GumbelCopula.FromKendall(0.4).KendallTau.ShouldBe(0.4, 1e-12);
    }

    /// <summary>The reference tries every permutation.</summary>
    [Fact]
    public void The_exact_p_value_of_kendall_is_the_share_of_permutations_at_least_as_far_from_independence()
    {
        double[] x = [1, 2, 3, 4, 5, 6];
        var all = Permutations(x).Select(y => Math.Abs(Correlation.Kendall(x, y))).ToArray();
        foreach (var y in Permutations(x).Where(static (_, place) => place % 37 == 0))
        {
            var tau = Math.Abs(Correlation.Kendall(x, y));
            var expected = all.Count(other => other >= tau - 1e-12) / (double)all.Length;

            Correlation.KendallPValue(x, y).ShouldBe(expected, 1e-12);
        }
    }

    /// <summary>The example of the documentation of scipy.stats.kendalltau.</summary>
    [Fact]
    public void The_p_value_of_kendall_is_corrected_for_ties()
    {
        double[] x = [12, 2, 1, 12, 2];
        double[] y = [1, 4, 7, 1, 0];

        Correlation.Kendall(x, y).ShouldBe(-0.4714045207910316, 1e-12);
        Correlation.KendallPValue(x, y).ShouldBe(0.2827454599327748, 1e-12);
    }

    private static IEnumerable<double[]> Permutations(double[] values)
    {
        if (values.Length <= 1)
            return [values];
        return values.SelectMany(
            (first, place) =>
                Permutations([.. values[..place], .. values[(place + 1)..]]).Select(rest => (double[])[first, .. rest])
        );
    }

    [Fact]
    public void Kendall_counts_as_the_definition_does()
    {
        var (x, y) = (new double[101], new double[101]);
        new ClaytonCopula(1).Sample(12, x, y);
        for (var i = 0; i < x.Length; i++)
            (x[i], y[i]) = (Math.Round(x[i] * 9), Math.Round(y[i] * 9));
        int concordant = 0,
            discordant = 0,
            onlyX = 0,
            onlyY = 0;
        for (var i = 0; i < x.Length; i++)
            for (var j = 0; j < i; j++)
            {
                var sign = Math.Sign(x[i] - x[j]) * Math.Sign(y[i] - y[j]);
                if (sign > 0)
                    concordant++;
                else if (sign < 0)
                    discordant++;
                else if (x[i] == x[j] && y[i] != y[j])
                    onlyX++;
                else if (y[i] == y[j] && x[i] != x[j])
                    onlyY++;
            }
        var expected =
            (concordant - discordant)
            / Math.Sqrt((double)(concordant + discordant + onlyX) * (concordant + discordant + onlyY));

        Correlation.Kendall(x, y).ShouldBe(expected, 1e-12);
    }

    [Fact]
    public void Refuses_columns_that_cannot_be_compared()
    {
        Should
            .Throw<InvalidInputException>(() => Correlation.Pearson([1, 2], [1, 2, 3]))
            .Message.ShouldBe("y: has 3 values, but x has 2, although they are pairs");
        Should
            .Throw<InvalidInputException>(() => Correlation.Spearman([1], [1]))
            .Message.ShouldBe("x: has 1 value, but needs at least 2");
        Should
            .Throw<InvalidInputException>(() => Correlation.Kendall([1, 1], [1, 2]))
            .Message.ShouldStartWith("x: has only one distinct value");
        Should
            .Throw<InvalidInputException>(() => TailDependence.FromSample([1, 2], [1, 2], 1.5))
            .Message.ShouldBe("level: must be above 0.5 and below 1, but is 1.5");
    }

    [Theory]
    [InlineData("frank", 1, "family: 'frank' is unknown: it must be one of gaussian, clayton, gumbel")]
    [InlineData("gumbel", 0.5, "theta: must be from 1 to 100, but is 0.5")]
    [InlineData("clayton", double.NaN, "theta: must be above 0 and at most 100, but is NaN")]
    public void Refuses_what_makes_no_copula(string family, double parameter, string message)
    {
        Should.Throw<InvalidInputException>(() => CopulaFamilies.Create(family, parameter)).Message.ShouldBe(message);
    }

    private static double ParameterOf(Copula copula) =>
        copula switch
        {
            GaussianCopula gaussian => gaussian.Correlation,
            ClaytonCopula clayton => clayton.Theta,
            GumbelCopula gumbel => gumbel.Theta,
            _ => double.NaN,
        };
}
