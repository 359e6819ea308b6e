namespace Tollgate.Analytics.Statistics.Fitting;

/// <summary>p-values that are valid although the parameters were fitted to the same sample.</summary>
/// <param name="KolmogorovSmirnov">That of the Kolmogorov-Smirnov statistic.</param>
/// <param name="AndersonDarling">That of the Anderson-Darling statistic.</param>
/// <param name="Rounds">The number of samples that they are based on.</param>
public sealed record FittedPValues(double KolmogorovSmirnov, double AndersonDarling, int Rounds);
