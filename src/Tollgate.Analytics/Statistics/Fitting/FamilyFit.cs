namespace Tollgate.Analytics.Statistics.Fitting;

/// <summary>What became of one family.</summary>
/// <param name="Family">The family.</param>
/// <param name="Fit">The fit; null where the family cannot have made the sample.</param>
/// <param name="Reason">Why there is no fit; null where there is one.</param>
public sealed record FamilyFit(string Family, FitResult? Fit, string? Reason);
