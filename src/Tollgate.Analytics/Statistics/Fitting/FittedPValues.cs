namespace Tollgate.Analytics.Statistics.Fitting;

/// <summary>p values that hold although the parameters were fitted to the same sample.</summary>
/// <param name="KolmogorovSmirnov">That of the Kolmogorov-Smirnov statistic.</param>
/// <param name="AndersonDarling">That of the Anderson-Darling statistic.</param>
/// <param name="Rounds">The samples that they rest on.</param>
public sealed record FittedPValues(double KolmogorovSmirnov, double AndersonDarling, int Rounds);
