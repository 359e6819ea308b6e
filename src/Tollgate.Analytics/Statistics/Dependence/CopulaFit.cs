namespace Tollgate.Analytics.Statistics.Dependence;

/// <summary>
/// A copula fitted by maximum pseudo-likelihood: to ranks over n + 1, regardless of the distributions of the columns.
/// </summary>
/// <param name="Copula">The copula.</param>
/// <param name="LogLikelihood">The natural logarithm of the pseudo-likelihood; 0 for independence.</param>
public sealed record CopulaFit(Copula Copula, double LogLikelihood)
{
    /// <summary>Akaike's criterion: lower is better.</summary>
    public double Aic => 2 - 2 * LogLikelihood;

    /// <summary>Fits the Gaussian, Clayton and Gumbel copulas, the best by Akaike's criterion first.</summary>
    /// <exception cref="InvalidInputException">
    /// Fewer than ten pairs, a value that is not finite, or a column without variation.
    /// </exception>
    public static IReadOnlyList<CopulaFit> FitAll(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        SampleChecks.RequirePairs(x, "x", y, "y", 10);
        // A column without variation has no ranks; this reports which one it is.
        _ = Correlation.Kendall(x, y);
        var (u, v) = (Ranks.Scaled(x), Ranks.Scaled(y));
        // The scales are chosen so that a step anywhere changes the dependence by about the same amount.
        var gaussian = Best(u, v, -6, 6, t => new GaussianCopula(Math.Tanh(t)));
        var clayton = Best(u, v, -9, Math.Log(100), t => new ClaytonCopula(Math.Exp(t)));
        var gumbel = Best(u, v, -9, Math.Log(99), t => new GumbelCopula(1 + Math.Exp(t)));
        return [.. new[] { gaussian, clayton, gumbel }.OrderBy(fit => fit.Aic)];
    }

    /// <summary>The best of a grid, and a golden section search around it.</summary>
    private static CopulaFit Best(double[] u, double[] v, double from, double to, Func<double, Copula> make)
    {
        const int Grid = 24;
        var step = (to - from) / Grid;
        var best = Enumerable.Range(0, Grid + 1).MaxBy(i => Likelihood(u, v, make(from + i * step)));
        var (low, high) = (Math.Max(from, from + (best - 1) * step), Math.Min(to, from + (best + 1) * step));
        var golden = (Math.Sqrt(5) - 1) / 2;
        while (high - low > 1e-8)
        {
            var (left, right) = (high - golden * (high - low), low + golden * (high - low));
            if (Likelihood(u, v, make(left)) > Likelihood(u, v, make(right)))
                high = right;
            else
                low = left;
        }
        var copula = make((low + high) / 2);
        return new CopulaFit(copula, Likelihood(u, v, copula));
    }

    private static double Likelihood(double[] u, double[] v, Copula copula)
    {
        double sum = 0;
        for (var i = 0; i < u.Length; i++)
            sum += copula.LogDensity(u[i], v[i]);
        return double.IsNaN(sum) ? double.NegativeInfinity : sum;
    }
}
