using Tollgate.Analytics.Statistics.Numerics;

namespace Tollgate.Analytics.Statistics.Distributions;

/// <summary>
/// A continuous distribution of one number. The values of the records are parameters; fitted distributions can be
/// sampled.
/// </summary>
public abstract record Distribution
{
    /// <summary>The family's name in lower case, such as <c>lognormal</c>.</summary>
    public abstract string Family { get; }

    /// <summary>The mean; infinite if the tail is too heavy for one.</summary>
    public abstract double Mean { get; }

    /// <summary>The variance; infinite if the tail is too heavy for one.</summary>
    public abstract double Variance { get; }

    /// <summary>The natural logarithm of the density; minus infinity if the value cannot occur.</summary>
    public abstract double LogDensity(double value);

    /// <summary>The probability of a value of at most this.</summary>
    public abstract double Cumulative(double value);

    /// <summary>The probability of a value above this, exact for small ones if the family allows.</summary>
    public virtual double Survival(double value) => 1 - Cumulative(value);

    /// <summary>The value that is not exceeded with this probability (quantile).</summary>
    public abstract double Quantile(double probability);

    /// <summary>Reports parameters that do not define a distribution.</summary>
    public abstract void Check(InputValidator check);

    /// <summary>Fills the values with independent draws: always the same ones for the same seed.</summary>
    /// <exception cref="InvalidInputException">The parameters do not define a distribution.</exception>
    public void Sample(ulong seed, Span<double> values)
    {
        var check = new InputValidator();
        Check(check);
        check.ThrowIfAny();
        var stream = new RandomStream(seed, StreamKind.Sample);
        foreach (ref var value in values)
            value = stream.NextUniform();
        FromUniforms(values);
    }

    /// <summary>Turns uniform numbers above 0 and below 1 into draws, in place; monotonic.</summary>
    internal virtual void FromUniforms(Span<double> values)
    {
        foreach (ref var value in values)
            value = Quantile(value);
    }

    /// <summary>Turns standard normal numbers into draws, in place; monotonic.</summary>
    internal virtual void FromNormalScores(Span<double> values)
    {
        foreach (ref var value in values)
            value = Quantile(StandardNormal.Cumulative(value));
    }
}
