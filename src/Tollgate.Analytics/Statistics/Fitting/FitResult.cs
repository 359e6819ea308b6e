using Tollgate.Analytics.Statistics.Distributions;

namespace Tollgate.Analytics.Statistics.Fitting;

/// <summary>A distribution fitted by maximum likelihood. It can be sampled like any other.</summary>
/// <param name="Distribution">The distribution.</param>
/// <param name="LogLikelihood">The natural logarithm of the likelihood of the sample.</param>
/// <param name="ParameterCount">The number of fitted parameters.</param>
/// <param name="Count">The number of values in the sample.</param>
/// <param name="KolmogorovSmirnov">
/// The largest distance between the sample's and the distribution's probabilities.
/// </param>
/// <param name="AndersonDarling">The distance that emphasizes the tails.</param>
public sealed record FitResult(
    Distribution Distribution,
    double LogLikelihood,
    int ParameterCount,
    int Count,
    double KolmogorovSmirnov,
    double AndersonDarling
)
{
    /// <summary>Akaike's criterion: lower is better.</summary>
    public double Aic => 2 * ParameterCount - 2 * LogLikelihood;

    /// <summary>The Bayesian criterion: lower is better; its penalty per parameter grows with the sample.</summary>
    public double Bic => ParameterCount * Math.Log(Count) - 2 * LogLikelihood;
}
