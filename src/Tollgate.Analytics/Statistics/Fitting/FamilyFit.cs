namespace Tollgate.Analytics.Statistics.Fitting;

/// <summary>The result of fitting one family.</summary>
/// <param name="Family">The family.</param>
/// <param name="Fit">The fit; null if the family cannot have produced the sample.</param>
/// <param name="Reason">Why there is no fit; null if there is one.</param>
public sealed record FamilyFit(string Family, FitResult? Fit, string? Reason);
