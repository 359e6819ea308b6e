namespace Tollgate.Analytics.Plans;

/// <summary>The rates up to a volume.</summary>
/// <param name="UpTo">
/// The volume in tokens per month up to which (inclusive) the tier applies; null for the last.
/// </param>
/// <param name="Rates">The rates in the tier.</param>
public sealed record VolumeTier(double? UpTo, TokenRates Rates);
