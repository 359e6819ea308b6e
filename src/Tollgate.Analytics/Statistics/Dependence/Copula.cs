using Tollgate.Analytics.Statistics.Distributions;
using Tollgate.Analytics.Statistics.Numerics;

namespace Tollgate.Analytics.Statistics.Dependence;

/// <summary>The dependence between two numbers, regardless of the distribution of each.</summary>
public abstract record Copula
{
    /// <summary>The family's name in lower case.</summary>
    public abstract string Family { get; }

    /// <summary>Its Kendall rank correlation.</summary>
    public abstract double KendallTau { get; }

    /// <summary>The limit of P(V at most its q quantile | U at most its q quantile) as q falls to 0.</summary>
    public abstract double LowerTailDependence { get; }

    /// <summary>The limit of P(V above its q quantile | U above its q quantile) as q rises to 1.</summary>
    public abstract double UpperTailDependence { get; }

    /// <summary>The logarithm of the density at two numbers above 0 and below 1.</summary>
    public abstract double LogDensity(double u, double v);

    /// <summary>Reports parameters that do not define a copula.</summary>
    public abstract void Check(InputValidator check);

    /// <summary>
    /// Fills both spans, of the same length, with pairs of dependent uniform numbers: the same for the same seed.
    /// </summary>
    /// <exception cref="InvalidInputException">The parameters do not define a copula.</exception>
    public void Sample(ulong seed, Span<double> first, Span<double> second)
    {
        var check = new InputValidator();
        Check(check);
        check.ThrowIfAny();
        var stream = new RandomStream(seed, StreamKind.Sample);
        for (var i = 0; i < first.Length; i++)
        {
            first[i] = stream.NextUniform();
            second[i] = Conditional(first[i], stream.NextUniform());
        }
    }

    /// <summary>The v below which, given u, the given probability lies.</summary>
    internal abstract double Conditional(double u, double probability);

    /// <summary>
    /// Turns two columns of independent uniform numbers into dependent draws of two distributions, in place.
    /// </summary>
    internal virtual void Draw(Span<double> first, Distribution firstLaw, Span<double> second, Distribution secondLaw)
    {
        for (var i = 0; i < first.Length; i++)
            second[i] = Conditional(first[i], second[i]);
        firstLaw.FromUniforms(first);
        secondLaw.FromUniforms(second);
    }
}
