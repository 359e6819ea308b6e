namespace Tollgate.Accounting.Usage;

/// <summary>The comparisons of a <see cref="DimensionFilter"/>.</summary>
public enum DimensionOperator
{
    /// <summary>Equal to one of the values.</summary>
    In,

    /// <summary>Equal to none of the values.</summary>
    NotIn,

    /// <summary>
    /// Contains the text. ASCII letters match in either case; another letter matches itself, and depending on the
    /// database its other case.
    /// </summary>
    Contains,
}
