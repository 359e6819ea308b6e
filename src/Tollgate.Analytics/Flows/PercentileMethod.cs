namespace Tollgate.Analytics.Flows;

/// <summary>
/// How a percentile between two values is interpolated. Names and meanings are those of <c>numpy.percentile</c>; the
/// rank is (n − 1) · p / 100.
/// </summary>
public enum PercentileMethod
{
    /// <summary>Linear between the two values.</summary>
    Linear,

    /// <summary>The nearer value; halfway, the one with the even index.</summary>
    Nearest,

    /// <summary>The lower value.</summary>
    Lower,

    /// <summary>The higher value.</summary>
    Higher,

    /// <summary>The mean of both values.</summary>
    Midpoint,
}
